package dev.dcr.rules;

import dev.dcr.metadata.UnknownMetadata;
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
 */
public record RuleConfig(
        Profile profile,
        UnknownMetadata unknownMetadata,
        List<Param> params,
        List<Validator> validators,
        boolean fapiEnforcement) {

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
            String name, String key, boolean required, boolean includeInResponse, Set<String> allowedValues) {}

    /** One entry of the accelerator's validator table. */
    public record Validator(ValidatorName name, Set<String> allowedValues) {}

    /** The entry of the parameter table for a member. */
    public Optional<Param> param(String key) {
        return params.stream().filter(param -> param.key().equals(key)).findFirst();
    }

    /** The entry of the validator table, if that validator is enabled. */
    public Optional<Validator> validator(ValidatorName name) {
        return validators.stream().filter(validator -> validator.name() == name).findFirst();
    }
}
