package dev.dcr.bench.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OidcClientRegistrationEndpointConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcClientRegistrationAuthenticationValidator;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Authorization Server as a peer of the benchmark: its endpoint for OpenID Connect registration, and everything in
 * PostgreSQL by its own JDBC classes, with the tables and the indexes of {@code schema.sql}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Server {
    public static void main(String[] arguments) {
        SpringApplication.run(Server.class, arguments);
    }

    @Bean
    SecurityFilterChain endpoints(HttpSecurity http) {
        return http.oauth2AuthorizationServer(
                        server -> server.oidc(oidc -> oidc.clientRegistrationEndpoint(Server::likeTheServerMeasured)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(tokens -> tokens.jwt(Customizer.withDefaults()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /**
     * Clients may ask for scopes, which by default none may. Secrets are not hashed: they are random, and BCrypt, the
     * default, would cost each registration a tenth of a second.
     */
    private static void likeTheServerMeasured(OidcClientRegistrationEndpointConfigurer registration) {
        registration.authenticationProviders(providers -> providers.forEach(provider -> {
            if (provider instanceof OidcClientRegistrationAuthenticationProvider ofRegistrations) {
                ofRegistrations.setPasswordEncoder(new PlainSecrets());
                ofRegistrations.setAuthenticationValidator(
                        OidcClientRegistrationAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR
                                .andThen(OidcClientRegistrationAuthenticationValidator.DEFAULT_JWK_SET_URI_VALIDATOR)
                                .andThen(OidcClientRegistrationAuthenticationValidator.SIMPLE_SCOPE_VALIDATOR));
            }
        }));
    }

    /** With the client that fetches the token which each registration takes. */
    @Bean
    RegisteredClientRepository clients(JdbcOperations database) {
        var clients = new JdbcRegisteredClientRepository(database);
        clients.save(RegisteredClient.withId("registrar")
                .clientId("registrar")
                .clientSecret("{noop}registrar")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope("client.create")
                .build());
        return clients;
    }

    @Bean
    OAuth2AuthorizationService tokens(JdbcOperations database, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationService(database, clients);
    }
}
