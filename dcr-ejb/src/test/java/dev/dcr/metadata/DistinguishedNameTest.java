package dev.dcr.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 4517 §4.2.15: distinguishedNameMatch over the string form of RFC 4514")
class DistinguishedNameTest {
    private static final String BRAZIL = "UID=67c57882-043b-11ec-9a03-0242ac130003,2.5.4.97=#0c074f464242522d31,"
            + "1.3.6.1.4.1.311.60.2.1.3=#13024252,2.5.4.15=#131450726976617465204f7267616e697a6174696f6e,"
            + "2.5.4.5=#130133,CN=app.tpp.example,O=TPP,C=BR";

    private static DistinguishedName name(String text) {
        return DistinguishedName.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CN=App,O=Example | cn=app , o=EXAMPLE",
                "CN=Example  Bank | CN=\\ Example Bank\\20",
                "CN=x+OU=y,C=GB | OU=y+CN=x,C=GB",
                "CN=a\\,b | CN=a\\2cb",
                "CN=\\C3\\89cole | CN=école",
                "CN=E\\CC\\81cole | CN=école",
                "O=Straße | O=STRASSE",
                "O=Ｂａｎｋ | O=bank",
                "CN=x | 2.5.4.3=#0c0178",
                "CN=x | OID.2.5.4.3=x",
                "2.5.4.97=#0c0178 | 2.5.4.97=#130178",
                "2.5.4.97=#0c0178 | organizationIdentifier=X",
                "2.5.4.5=#130133 | serialNumber=3",
                "2.5.4.15=#0c0142 | businessCategory=b",
                "1.3.6.1.4.1.311.60.2.1.3=#13024252 | jurisdictionCountryName=br",
                "1.2.840.113549.1.9.1=#1603614062 | emailAddress=A@b",
                "CN=x | CN=#1e020078",
                "CN=x | CN=#1c0400000078"
            })
    @Tag("RFC8705-2.1.2-match")
    void match(String one, String other) {
        assertThat(name(one)).isEqualTo(name(other)).hasSameHashCodeAs(name(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CN=x,O=y | O=y,CN=x",
                "CN=x,O=y | CN=x+O=y",
                "CN=x | CN=x,C=GB",
                "CN=x | CN=x+OU=y",
                "CN=Example Bank | CN=ExampleBank",
                "CN=x | OU=x",
                "CN=a\\,OU=b | CN=a,OU=b",
                "1.2.3.4=#0c0178 | 1.2.3.4=#0c0158",
                "2.5.4.97=#020101 | 2.5.4.97=\\#020101",
                "2.5.4.97=#0c0278 | 2.5.4.97=#0c0178"
            })
    @Tag("RFC8705-2.1.2-match")
    void doNotMatch(String one, String other) {
        assertThat(name(one)).isNotEqualTo(name(other));
    }

    @Test
    @DisplayName("RFC 4514 §2.1: the text has the parts of a certificate in reverse, whatever their encoding")
    @Tag("RFC8705-2.1.2-match")
    void certificates() throws Exception {
        var encoded = new X500NameBuilder()
                .addRDN(BCStyle.C, new DERPrintableString("BR"))
                .addRDN(BCStyle.O, new DERT61String("TPP"))
                .addRDN(BCStyle.CN, new DERBMPString("app.tpp.example"))
                .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString("3"))
                .addRDN(BCStyle.BUSINESS_CATEGORY, new DERUTF8String("Private Organization"))
                .addRDN(oid("1.3.6.1.4.1.311.60.2.1.3"), new DERPrintableString("BR"))
                .addRDN(oid("2.5.4.97"), new DERUTF8String("OFBBR-1"))
                .addRDN(BCStyle.UID, new DERUTF8String("67C57882-043B-11EC-9A03-0242AC130003"))
                .build();
        assertThat(DistinguishedName.of(new X500Principal(encoded.getEncoded())))
                .contains(name(BRAZIL));
    }

    @Property(tries = 300)
    @Label("whatever it says, a certificate's name is the name that is printed of it")
    void printedNames(@ForAll @From("values") String name, @ForAll @From("values") String unit) throws Exception {
        var printed = "CN=%s+OU=%s,C=GB".formatted(Rdn.escapeValue(name), Rdn.escapeValue(unit));
        for (var encoded : List.of(
                encoded(new DERUTF8String(name), new DERBMPString(unit)),
                encoded(new DERBMPString(name), new DERUTF8String(unit))))
            assertThat(DistinguishedName.of(new X500Principal(encoded))).isEqualTo(DistinguishedName.parse(printed));
    }

    /** What no letter, case or blank hides: something that is left after preparation. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars(" ,+\"\\<>;=#/ aZ09éßİ\u3000Ａ\u00ad\t中")
                .ofMaxLength(12)
                .filter(text -> !NameAttribute.prepared(text).isEmpty());
    }

    private static byte[] encoded(ASN1Encodable name, ASN1Encodable unit) throws IOException {
        var types = new ASN1ObjectIdentifier[] {BCStyle.CN, BCStyle.OU};
        return new X500NameBuilder()
                .addRDN(BCStyle.C, new DERPrintableString("GB"))
                .addMultiValuedRDN(types, new ASN1Encodable[] {name, unit})
                .build()
                .getEncoded();
    }

    private static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }
}
