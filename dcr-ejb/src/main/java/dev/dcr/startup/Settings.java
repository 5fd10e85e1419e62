package dev.dcr.startup;

import dev.dcr.access.AccessConfig;
import dev.dcr.access.AccessConfig.Registration;
import dev.dcr.audit.AuditConfig;
import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigurationRefused;
import dev.dcr.config.DatabaseConfig;
import dev.dcr.config.HttpConfig;
import dev.dcr.config.RateLimitConfig;
import dev.dcr.config.StopConfig;
import dev.dcr.config.ValueType;
import dev.dcr.encryption.EncryptionConfig;
import dev.dcr.extension.ExtensionConfig;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.registration.ExpiryConfig;
import dev.dcr.registration.QuotaConfig;
import dev.dcr.registration.RegistrationConfig;
import dev.dcr.request.RequestJwtConfig;
import dev.dcr.rules.Profile;
import dev.dcr.rules.RuleConfig;
import dev.dcr.rules.ValidatorName;
import dev.dcr.statement.StatementConfig;
import dev.dcr.tls.TlsConfig;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The whole configuration, read and checked once. */
public record Settings(
        HttpConfig http,
        RateLimitConfig rateLimits,
        AccessConfig access,
        StatementConfig statements,
        RequestJwtConfig requestJwt,
        RuleConfig rules,
        ExtensionConfig extensions,
        OutboundConfig outbound,
        RegistrationConfig registration,
        EncryptionConfig encryption,
        AuditConfig audit,
        QuotaConfig quota,
        ExpiryConfig expiry,
        DatabaseConfig database,
        StopConfig stop,
        TlsConfig tls) {
    private static final Logger LOG = Logger.getLogger(Settings.class);
    /** Characters of a token that nobody tries out: 128 bits, however it is written. */
    private static final int SAFE_TOKEN = 32;

    /**
     * Reads everything.
     *
     * @throws ConfigurationRefused with all that is wrong, if anything is
     */
    public static Settings load(Config config) {
        var reader = ConfigReader.of(config);
        var settings = read(reader);
        for (var note : reader.finish()) LOG.info(note);
        LOG.infof(
                "Configuration: %s, profile %s",
                reader.origin(), settings.rules().profile().configured());
        return settings;
    }

    /** Every key there is, for the reference page. */
    static List<ConfigReader.Documented> reference() {
        var reader = ConfigReader.describing();
        read(reader);
        return reader.documented();
    }

    static Settings read(ConfigReader config) {
        var profile = config.table("dcr")
                .value(
                        "profile",
                        ValueType.choice(Profile.values(), Profile::configured),
                        Profile.OAUTH,
                        "The ecosystem whose rules hold and whose preset supplies what no source sets.");
        config.fallBackOn(profile.configured());
        var http = HttpConfig.from(config);
        var rateLimits = RateLimitConfig.from(config);
        var rules = RuleConfig.from(config, profile);
        var settings = new Settings(
                http,
                rateLimits,
                AccessConfig.from(config),
                StatementConfig.from(config),
                RequestJwtConfig.from(
                        config, rules.validator(ValidatorName.SSA_JTI).isPresent()),
                rules,
                ExtensionConfig.from(config),
                OutboundConfig.from(config),
                RegistrationConfig.from(config),
                EncryptionConfig.from(config),
                AuditConfig.from(config),
                QuotaConfig.from(config),
                ExpiryConfig.from(config),
                DatabaseConfig.from(config),
                StopConfig.from(config),
                TlsConfig.from(config));
        settings.checkTogether(config);
        return settings;
    }

    private void checkTogether(ConfigReader config) {
        if (access.registration() == Registration.SOFTWARE_STATEMENT
                && statements.issuers().isEmpty())
            config.table("dcr.registration")
                    .refuse("access", "\"software_statement\" needs an issuer in [[dcr.software_statement.issuers]]");
        if ((quota.isOn() || rateLimits.softwareRequests() > 0)
                && !requestJwt.required()
                && !access.mutualTls().isByStatement())
            config.note(
                    "Whoever has a software statement can use up what dcr.quota and dcr.rate_limit leave its software,"
                            + " unless dcr.request_jwt.required or dcr.registration.mtls asks for a proof that it is the software's");
        noteWhatTokensNeedNot(config);
        if (access.adminToken().filter(token -> token.length() < SAFE_TOKEN).isPresent())
            config.note("The administrator's token (dcr.admin.token) is shorter than " + SAFE_TOKEN
                    + " characters and may be" + " guessed: make one of random bytes, as by openssl rand -base64 32");
    }

    private void noteWhatTokensNeedNot(ConfigReader config) {
        var tokens = access.accessTokens();
        if (tokens.jwksUri().isPresent() && tokens.audience().isEmpty())
            config.note("Any access token of the issuer is taken, whomever it is for, unless dcr.access_token.audience"
                    + " names this server");
        if (access.registration() == Registration.INITIAL_ACCESS_TOKEN
                && tokens.canBeChecked()
                && tokens.registrationScope().isEmpty())
            config.note("Any access token is good for registering unless dcr.access_token.registration_scope asks for a"
                    + " scope");
    }
}
