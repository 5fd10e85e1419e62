package dev.dcr.rules;

import dev.dcr.fuzz.Property;
import dev.dcr.json.MalformedJson;
import dev.dcr.json.StrictJson;
import dev.dcr.metadata.UnknownMetadata;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Client metadata, keys included, meets every rule of every profile; what was read reads the same again. */
public final class MetadataFuzz {
    private static final List<Trial> TRIALS = Arrays.stream(Profile.values())
            .flatMap(profile -> Stream.of(
                    Trial.under(profile), Trial.under(profile).enforcingFapi().asSigned(), storing(profile)))
            .toList();

    private MetadataFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var requested = StrictJson.object(input);
            TRIALS.forEach(trial -> check(trial, requested));
        } catch (MalformedJson refused) {
            Property.fitToTell(refused.getMessage());
        }
    }

    private static void check(Trial trial, JsonObject requested) {
        trial.violations(requested).forEach(violation -> {
            Property.fitToTell(violation.field());
            Property.fitToTell(violation.message());
        });
        var read = trial.config().reader().read(requested).metadata();
        var again = trial.config().reader().read(read.json());
        Property.holds(again.violations().isEmpty(), "what was read is well-formed");
        Property.holds(again.metadata().equals(read), "what was read reads the same");
    }

    private static Trial storing(Profile profile) {
        var config = Trial.under(profile).config();
        return Trial.with(new RuleConfig(
                profile,
                UnknownMetadata.STORE,
                config.params(),
                config.validators(),
                config.fapiEnforcement(),
                config.roles()));
    }
}
