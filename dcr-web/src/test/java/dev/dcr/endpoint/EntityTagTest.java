package dev.dcr.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dcr.error.RegistrationError.InvalidRequest;
import dev.dcr.error.RegistrationRefused;
import dev.dcr.registration.Precondition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §8.8.3 and §13.1.1. */
class EntityTagTest {

    @Test
    void aTagIsTheVersionInQuotes() {
        assertThat(EntityTag.of(FixedRegistrar.REGISTRATION)).isEqualTo("\"7\"");
    }

    @Test
    void withoutTheHeaderThereIsNoCondition() {
        assertThat(EntityTag.ifMatch(List.of())).isEqualTo(Precondition.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " * "})
    void anAsteriskMatchesWhateverIsThere(String header) {
        assertThat(EntityTag.ifMatch(List.of(header))).isEqualTo(Precondition.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\", \"7\"", "\"0\",\"7\"", ", \"0\"\t,, \"7\" ,", "\"7\",\"0\",\"7\""})
    void aListNamesSeveralVersions(String header) {
        assertThat(EntityTag.ifMatch(List.of(header))).isEqualTo(Precondition.oneOf(Set.of(0L, 7L)));
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(EntityTag.ifMatch(List.of("\"0\"", "\"7\""))).isEqualTo(Precondition.oneOf(Set.of(0L, 7L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"7\"", "\"07\"", "\"\"", "\"seven\"", "\"-7\"", "\"9999999999999999999\"", "\"a,b\""})
    void aWeakOrForeignTagMatchesNothing(String header) {
        assertThat(EntityTag.ifMatch(List.of(header))).isEqualTo(Precondition.oneOf(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "\"7", "7\"", "\"7\" \"8\"", "\"7\", *", "w/\"7\"", ",", "\"7\"; \"8\"", "\"a b\""})
    void whatIsNoListOfTagsIsRefused(String header) {
        assertThatThrownBy(() -> EntityTag.ifMatch(List.of(header)))
                .isInstanceOfSatisfying(
                        RegistrationRefused.class,
                        refused -> assertThat(refused.error()).isInstanceOf(InvalidRequest.class));
    }
}
