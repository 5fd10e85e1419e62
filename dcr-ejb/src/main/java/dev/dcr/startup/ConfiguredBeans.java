package dev.dcr.startup;

import dev.dcr.access.AccessConfig;
import dev.dcr.audit.AuditConfig;
import dev.dcr.config.DatabaseConfig;
import dev.dcr.config.HttpConfig;
import dev.dcr.config.RateLimitConfig;
import dev.dcr.config.StopConfig;
import dev.dcr.encryption.EncryptionConfig;
import dev.dcr.extension.ExtensionConfig;
import dev.dcr.metadata.Defaults;
import dev.dcr.metadata.MetadataReader;
import dev.dcr.outbound.OutboundConfig;
import dev.dcr.registration.ExpiryConfig;
import dev.dcr.registration.QuotaConfig;
import dev.dcr.registration.RegistrationConfig;
import dev.dcr.request.RequestJwtConfig;
import dev.dcr.rules.RuleBook;
import dev.dcr.rules.RuleConfig;
import dev.dcr.statement.RoleScopes;
import dev.dcr.statement.StatementConfig;
import dev.dcr.tls.TlsConfig;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes each feature's configuration injectable. Records are final, hence their scope without a proxy. */
@ApplicationScoped
class ConfiguredBeans {
    private Settings settings;

    /** The configuration that this jar sees, whoever asks first: that of the EAR around it lacks the file. */
    @PostConstruct
    void load() {
        settings = Settings.load(ConfigProvider.getConfig(ConfiguredBeans.class.getClassLoader()));
    }

    @Produces
    @Singleton
    HttpConfig http() {
        return settings.http();
    }

    @Produces
    @Singleton
    RateLimitConfig rateLimits() {
        return settings.rateLimits();
    }

    @Produces
    @Singleton
    AccessConfig access() {
        return settings.access();
    }

    @Produces
    @Singleton
    StatementConfig statements() {
        return settings.statements();
    }

    @Produces
    @Singleton
    RequestJwtConfig requestJwt() {
        return settings.requestJwt();
    }

    @Produces
    @Singleton
    RoleScopes roles() {
        return settings.rules().roles();
    }

    @Produces
    @Singleton
    RuleConfig rules() {
        return settings.rules();
    }

    @Produces
    @Singleton
    ExtensionConfig extensions() {
        return settings.extensions();
    }

    @Produces
    @Singleton
    OutboundConfig outbound() {
        return settings.outbound();
    }

    @Produces
    @Singleton
    RegistrationConfig registration() {
        return settings.registration();
    }

    @Produces
    @Singleton
    EncryptionConfig encryption() {
        return settings.encryption();
    }

    @Produces
    @Singleton
    QuotaConfig quota() {
        return settings.quota();
    }

    @Produces
    @Singleton
    AuditConfig audit() {
        return settings.audit();
    }

    @Produces
    @Singleton
    ExpiryConfig expiry() {
        return settings.expiry();
    }

    @Produces
    @Singleton
    DatabaseConfig database() {
        return settings.database();
    }

    @Produces
    @Singleton
    StopConfig stop() {
        return settings.stop();
    }

    @Produces
    @Singleton
    TlsConfig tls() {
        return settings.tls();
    }

    @Produces
    @Singleton
    MetadataReader metadataReader() {
        return settings.rules().reader();
    }

    @Produces
    @Singleton
    Defaults defaults() {
        return settings.rules().defaults();
    }

    @Produces
    @Singleton
    RuleBook ruleBook() {
        return new RuleBook(settings.rules());
    }
}
