package dev.outgrow.typemap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EpochTest {
    @Test
    void beginsOnTheDayThatItSays() {
        assertThat(Epoch.CORE_DATA.start()).isEqualTo(Instant.parse("2001-01-01T00:00:00Z"));
        assertThat(Epoch.MAC.start()).isEqualTo(Instant.parse("1904-01-01T00:00:00Z"));
        assertThat(Epoch.FILETIME.start()).isEqualTo(Instant.parse("1601-01-01T00:00:00Z"));
        assertThat(Epoch.WEBKIT.start()).isEqualTo(Instant.parse("1601-01-01T00:00:00Z"));
        assertThat(Epoch.OLE.start()).isEqualTo(Instant.parse("1899-12-30T00:00:00Z"));
        assertThat(Epoch.DOT_NET_TICKS.start()).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    }
}
