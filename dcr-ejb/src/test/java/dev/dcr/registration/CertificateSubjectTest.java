package dev.dcr.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dcr.access.TestCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSubjectTest {
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
        assertThat(CertificateSubject.of(TestCertificate.of(subject)).isOfOrganization(ID))
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
        assertThat(CertificateSubject.of(TestCertificate.of(subject)).isOfOrganization(ID))
                .isFalse();
    }

    @Test
    void anEmptyNameNamesNobody() {
        assertThat(CertificateSubject.of(TestCertificate.of("2.5.4.97=PSDGB-,CN=x"))
                        .isOfOrganization(" "))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C=BR,O=TPP,UID=Ab-1,CN=app", "C=GB,OU=org,CN=ab-1", "CN=x+UID=\\ ab-1 "})
    @DisplayName("Open Finance Brasil DCR §7.1-13: UID holds the software_id")
    @Tag("OFBDCR-7.1-13")
    void findsTheSoftware(String subject) {
        assertThat(CertificateSubject.of(TestCertificate.of(subject)).isOfSoftware("ab-1"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OU=ab-1,CN=app", "UID=ab-12", "CN=UID\\=ab-1"})
    void takesNothingElseForTheSoftware(String subject) {
        assertThat(CertificateSubject.of(TestCertificate.of(subject)).isOfSoftware("ab-1"))
                .isFalse();
    }

    @Test
    @DisplayName(
            "RFC 8705 §2.1.2 and RFC 4517 §4.2.15: the name registered is that of the certificate, however written")
    @Tag("RFC8705-2.1.2-match")
    void isTheNameRegistered() {
        var subject = CertificateSubject.of(TestCertificate.of("C=BR,O=TPP Ltda,2.5.4.97=OFBBR-1,UID=7+CN=App"));
        assertThat(subject.is("cn=app+0.9.2342.19200300.100.1.1=#0c0137,2.5.4.97=#13074f464242522d31,O=tpp  ltda,C=br"))
                .isTrue();
        assertThat(subject.is("C=BR,O=TPP Ltda,2.5.4.97=OFBBR-1,UID=7+CN=App")).isFalse();
        assertThat(subject.is("no name")).isFalse();
    }
}
