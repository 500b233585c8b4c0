package dev.outgrow.internal.truth;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Keeps the marker and the seal of a file up to date. */
public final class Markers {
    private final MarkerFile marker;
    private final Path file;
    private final boolean sealing;

    /**
     * The marker of a file.
     *
     * @param sealing whether the file loses its write permission when the data is published
     */
    public Markers(MarkerFile marker, Path file, boolean sealing) {
        this.marker = marker;
        this.file = file;
        this.sealing = sealing;
    }

    /**
     * That the file can be sealed later: the system lets nobody but its owner change its permissions.
     *
     * @throws MigrationException {@code MARKER_UNUSABLE} if it cannot
     */
    public void demandSealable() {
        if (!sealing) {
            return;
        }
        try {
            Seal.demandOwn(file);
        } catch (IOException e) {
            throw new MigrationException(
                    Reason.MARKER_UNUSABLE,
                    "The process may not change the permissions of " + file
                            + ", so that the file could not be sealed once the data is in PostgreSQL: "
                            + e.getClass().getSimpleName() + ". Nothing was begun.",
                    "let the process own the file; or say .seal(false), and see to it yourself that nobody writes to the file"
                            + " after the switch.",
                    e);
        }
    }

    /** Records that the file was frozen. */
    public void frozen(String migrationId, Frozen frozen, String target, Instant at) {
        Marker says = new Marker(
                Marker.FORMAT,
                MarkerWords.of(Happening.FROZEN, file.toString(), target + ", schema " + frozen.schema(), null),
                Happening.FROZEN,
                at.toString(),
                migrationId,
                frozen.round(),
                file.toString(),
                target,
                frozen.schema(),
                null,
                frozen.outline(),
                null);
        write(says);
    }

    /**
     * Records that the data is published, and then seals the file: the marker holds the permissions before the seal
     * removes them.
     */
    public void published(Claim claim, String target) {
        Marker says = of(claim, target, Happening.PUBLISHED);
        try {
            if (sealing && Files.exists(file) && says.seal().isEmpty()) {
                says = says.sealed(Seal.permissions(file));
            }
            write(says);
            if (sealing && Files.exists(file)) {
                Seal.close(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Records a claim. */
    public void follow(Claim claim, String target) {
        Marker says = of(claim, target, claim.happened());
        if (claim.happened().takenBack()) {
            says.seal().ifPresent(this::unseal);
            says = says.sealed(null);
        }
        write(claim.happened() == Happening.RETIRED ? says.sealed(null) : says);
    }

    /**
     * Records a claim, and the outline with which the file was found to hold what was migrated.
     *
     * @param outline of the file before it was checked
     */
    public void seen(Claim claim, String target, String outline) {
        write(of(claim, target, claim.happened()).seen(outline));
    }

    private Marker of(Claim claim, String target, Happening happened) {
        Optional<Marker> before = read().filter(says -> says.migrationId().equals(claim.migrationId()));
        Frozen frozen = claim.frozen();
        return new Marker(
                Marker.FORMAT,
                MarkerWords.of(happened, frozen.database(), target + ", schema " + frozen.schema(), frozen.backup()),
                happened,
                claim.at().toString(),
                claim.migrationId(),
                frozen.round(),
                frozen.database(),
                target,
                frozen.schema(),
                frozen.backup(),
                frozen.outline(),
                before.flatMap(Marker::seal).orElse(null));
    }

    private Optional<Marker> read() {
        try {
            return marker.read();
        } catch (MigrationException unreadable) {
            return Optional.empty();
        }
    }

    /** Restores what was there before a switch began. */
    public void backTo(Optional<Marker> before) {
        try {
            if (before.isPresent()) {
                marker.write(before.get());
            } else {
                marker.remove();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Gives the file back the permissions that the seal took. */
    public void unseal(String permissions) {
        try {
            Seal.open(file, permissions);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(Marker says) {
        try {
            marker.write(says);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private MigrationException failed(IOException cause) {
        return new MigrationException(
                Reason.MARKER_UNUSABLE,
                "The marker " + marker.path() + ", or the permissions of " + file + ", cannot be written: "
                        + cause.getClass().getSimpleName() + ".",
                "let the process write to the folder of the SQLite file, and own the file, or say .seal(false); then call"
                        + " again.",
                cause);
    }
}
