package dev.dcr.rules;

import dev.dcr.error.Violation;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.metadata.UnknownMetadata;
import dev.dcr.request.VerifiedRequest;
import dev.dcr.rules.RuleConfig.Param;
import dev.dcr.rules.RuleConfig.Validator;
import dev.dcr.statement.RoleScopes;
import dev.dcr.statement.SoftwareStatement;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registration as far as the rules go: read, completed with defaults, checked. JSON is written with apostrophes. */
record Trial(RuleConfig config, Optional<SoftwareStatement> statement, boolean signed) {

    static Trial under(Profile profile) {
        return with(new RuleConfig(
                profile, UnknownMetadata.IGNORE, List.of(), List.of(), false, new RoleScopes(List.of())));
    }

    static Trial with(RuleConfig config) {
        return new Trial(config, Optional.empty(), false);
    }

    Trial params(Param... params) {
        return config(List.of(params), config.validators(), config.fapiEnforcement());
    }

    Trial validators(Validator... validators) {
        return config(config.params(), List.of(validators), config.fapiEnforcement());
    }

    Trial validator(ValidatorName name, String... allowed) {
        return validators(new Validator(name, Set.of(allowed)));
    }

    Trial enforcingFapi() {
        return config(config.params(), config.validators(), true);
    }

    private Trial config(List<Param> params, List<Validator> validators, boolean fapi) {
        return new Trial(
                new RuleConfig(config.profile(), config.unknownMetadata(), params, validators, fapi, config.roles()),
                statement,
                signed);
    }

    Trial stating(String claims) {
        return new Trial(config, Optional.of(new SoftwareStatement("e30.e30.e30", json(claims))), signed);
    }

    Trial asSigned() {
        return new Trial(config, statement, true);
    }

    /** What the request is refused for, as {@code field code}, in the order of the reply. */
    List<String> faults(String request) {
        return violations(request).stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }

    List<Violation> violations(String request) {
        return violations(json(request));
    }

    List<Violation> violations(JsonObject requested) {
        var read = config.reader().read(requested);
        var violations = new ArrayList<>(read.violations());
        var checked = new VerifiedRequest(
                requested,
                statement,
                signed,
                Set.of(),
                config.defaults().apply(read.metadata()),
                Set.copyOf(read.metadata().json().keySet()));
        violations.addAll(new RuleBook(config).check(checked));
        return violations;
    }

    ClientMetadata registered(String request) {
        return config.defaults().apply(config.reader().read(json(request)).metadata());
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
