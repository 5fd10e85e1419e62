package dev.dcr.rules;

import static java.util.stream.Collectors.toSet;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import dev.dcr.error.Quoted;
import dev.dcr.metadata.Defaults;
import dev.dcr.metadata.MetadataReader;
import dev.dcr.metadata.UnknownMetadata;
import dev.dcr.statement.RoleScopes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator's configuration asks of every registration, beside the specifications.
 *
 * @param profile           the ecosystem whose rules hold ({@code dcr.profile})
 * @param unknownMetadata   what becomes of members that nobody knows ({@code dcr.unknown_metadata})
 * @param params            {@code financial_services.app_registration.dcr.params}
 * @param validators        {@code financial_services.app_registration.dcr.validators.validator}, enabled ones in the
 *                          order of their priority
 * @param fapiEnforcement   {@code oauth.dcr.enable_fapi_enforcement}
 * @param roles             {@code dcr.software_statement.roles}
 */
public record RuleConfig(
        Profile profile,
        UnknownMetadata unknownMetadata,
        List<Param> params,
        List<Validator> validators,
        boolean fapiEnforcement,
        RoleScopes roles) {

    /**
     * One entry of the accelerator's parameter table.
     *
     * @param key               the member's name
     * @param required          whether it must be there, from the request or its statement
     * @param includeInResponse whether replies show it
     * @param allowedValues     the values it may take: of a string, of each element of a list, of each word of
     *                          {@code scope}; empty allows any
     */
    public record Param(
            String name, String key, boolean required, boolean includeInResponse, Set<String> allowedValues) {

        private static Param from(ConfigTable param) {
            return new Param(
                    param.value("name", ValueType.TEXT, "", "The accelerator's name of the member; not used."),
                    param.required("key", "Name of the member."),
                    param.value(
                            "required",
                            ValueType.FLAG,
                            false,
                            "Whether it must be there, from the request or its statement."),
                    param.value("include_in_response", ValueType.FLAG, true, "Whether replies show it."),
                    Set.copyOf(param.list(
                            "allowed_values",
                            ValueType.TEXT,
                            List.of(),
                            "What a string, each element of a list or each word of `scope` may be; empty for any.")));
        }
    }

    /** One entry of the accelerator's validator table. */
    public record Validator(ValidatorName name, Set<String> allowedValues) {}

    private record ValidatorEntry(boolean enable, int priority, Optional<Validator> validator) {

        private static ValidatorEntry from(ConfigTable entry) {
            var name = entry.required("name", "Name of the validator, with or without `Validator` at its end.");
            var known = ValidatorName.of(name);
            if (known.isEmpty() && !name.isEmpty())
                entry.refuse(
                        "name", "must be one of %s, not %s".formatted(ValidatorName.allConfigured(), Quoted.of(name)));
            var allowed = entry.list(
                    "allowed_values",
                    ValueType.TEXT,
                    List.of(),
                    "SSAIssuerValidator: issuers that may register software; empty for all configured ones.");
            return new ValidatorEntry(
                    entry.value("enable", ValueType.FLAG, true, "Whether it is applied."),
                    entry.value(
                            "priority",
                            ValueType.number(Integer.MIN_VALUE, Integer.MAX_VALUE),
                            0,
                            "The lowest comes first; equal ones in the order of the file."),
                    known.map(validator -> new Validator(validator, Set.copyOf(allowed))));
        }
    }

    /** Reads the tables named above; the profile was read before, since it chooses the preset. */
    public static RuleConfig from(ConfigReader config, Profile profile) {
        var registration = config.table("financial_services.app_registration.dcr");
        config.table("financial_services.app_registration.dcr.regulatory_issuers")
                .tables(
                        "iss",
                        issuer -> issuer.required(
                                "name", "An issuer whose clients the accelerator marks as regulated; not used."));
        return new RuleConfig(
                profile,
                config.table("dcr")
                        .value(
                                "unknown_metadata",
                                ValueType.choice(UnknownMetadata.values()),
                                UnknownMetadata.IGNORE,
                                "What becomes of members that neither the IANA registry nor `params` knows."),
                params(registration),
                validators(config.table("financial_services.app_registration.dcr.validators")),
                config.table("oauth.dcr")
                        .value(
                                "enable_fapi_enforcement",
                                ValueType.FLAG,
                                false,
                                "Whether the FAPI rules hold in any profile."),
                RoleScopes.from(config));
    }

    private static List<Param> params(ConfigTable registration) {
        var seen = new HashSet<String>();
        return registration.tables("params", entry -> {
            var param = Param.from(entry);
            if (!param.key().isEmpty() && !seen.add(param.key())) entry.refuse("key", "is there twice");
            return param;
        });
    }

    private static List<Validator> validators(ConfigTable table) {
        var seen = new HashSet<ValidatorName>();
        return table
                .tables("validator", entry -> {
                    var read = ValidatorEntry.from(entry);
                    if (read.validator()
                            .filter(validator -> !seen.add(validator.name()))
                            .isPresent()) entry.refuse("name", "is there twice");
                    return read;
                })
                .stream()
                .filter(ValidatorEntry::enable)
                .sorted(Comparator.comparingInt(ValidatorEntry::priority))
                .flatMap(entry -> entry.validator().stream())
                .toList();
    }

    /** The reader of metadata under this configuration. A claim of a signed request is metadata where replies show it. */
    public MetadataReader reader() {
        var shown =
                params.stream().filter(param -> param.includeInResponse() || !MetadataReader.isEnvelope(param.key()));
        return new MetadataReader(unknownMetadata, shown.map(Param::key).collect(toSet()));
    }

    /** The defaults of this configuration. */
    public Defaults defaults() {
        var fapi = fapiEnforcement || profile.isFapi();
        return new Defaults(
                profile.defaults(),
                fapiEnforcement,
                (member, value) -> member.allowed().contains(value) && !(fapi && FapiRules.forbids(member, value)));
    }

    /** The entry of the parameter table for a member. */
    public Optional<Param> param(String key) {
        return params.stream().filter(param -> param.key().equals(key)).findFirst();
    }

    /** The entry of the validator table, if that validator is enabled. */
    public Optional<Validator> validator(ValidatorName name) {
        return validators.stream().filter(validator -> validator.name() == name).findFirst();
    }
}
