package dev.outgrow.typemap;

import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A JVM whose zone is half an hour off and whose i has another capital. */
public final class HostileSettings implements BeforeAllCallback, AfterAllCallback {
    private final TimeZone zone = TimeZone.getDefault();
    private final Locale locale = Locale.getDefault();

    @Override
    public void beforeAll(ExtensionContext context) {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        if ("TITLE".toLowerCase(Locale.getDefault()).equals("title")) {
            throw new AssertionError("these settings are not hostile");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
    }
}
