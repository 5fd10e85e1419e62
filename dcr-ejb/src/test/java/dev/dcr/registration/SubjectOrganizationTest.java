package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectOrganizationTest {
    private static final String ID = "0015800001041REAAY";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C=GB,O=OpenBanking,OU=0015800001041REAAY,CN=software",
                "C=GB,O=Bank,2.5.4.97=PSDGB-OB-0015800001041REAAY,CN=x",
                "C=GB,O=Bank,2.5.4.97=0015800001041REAAY,CN=x",
                "C=GB,O=Bank,CN=0015800001041reaay",
                "C=GB,O=Bank,CN=x+OU=0015800001041REAAY"
            })
    void findsTheOrganizationWhereDirectoriesWriteIt(String subject) {
        assertThat(SubjectOrganization.of(TestCertificate.of(subject)).isNamed(ID))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C=GB,O=0015800001041REAAY,CN=x",
                "C=GB,OU=0015800001041REAAYX,CN=x",
                "C=GB,2.5.4.97=PSDGB-OB-10015800001041REAAY,CN=x",
                "CN=CN\\=0015800001041REAAY",
                "CN=x\\,OU\\=0015800001041REAAY"
            })
    void takesNothingElseForIt(String subject) {
        assertThat(SubjectOrganization.of(TestCertificate.of(subject)).isNamed(ID))
                .isFalse();
    }

    @Test
    void anEmptyNameNamesNobody() {
        assertThat(SubjectOrganization.of(TestCertificate.of("2.5.4.97=PSDGB-,CN=x"))
                        .isNamed(" "))
                .isFalse();
    }
}
