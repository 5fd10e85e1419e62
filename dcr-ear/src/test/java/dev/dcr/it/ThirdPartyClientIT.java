package dev.dcr.it;

import static dev.dcr.it.Scene.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ProtectedResourceRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.client.ClientDeleteRequest;
import com.nimbusds.oauth2.sdk.client.ClientReadRequest;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.rp.ApplicationType;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformation;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformationResponse;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationRequest;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationResponseParser;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientUpdateRequest;
import dev.dcr.sandbox.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that others wrote: the OAuth 2.0 and OpenID Connect SDK of Connect2id, and what an Apache module sends. */
class ThirdPartyClientIT {
    private static final BearerAccessToken NO_TOKEN = null; // as the SDK wants it
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = Scene.configured(
                sandbox -> "[dcr]\nprofile = \"oidc\"\n" + Scene.openRegistration() + Scene.directory(sandbox));
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void livesThroughALifeCycle() throws Exception {
        var metadata = metadata();
        var registered = registered(register(scene, metadata, NO_TOKEN));
        assertThat(registered.getOIDCMetadata().toJSONObject()).containsAllEntriesOf(metadata.toJSONObject());
        assertThat(registered.getSecret().getValue()).hasSize(36);
        assertThat(registered.getSecret().expired()).isFalse();
        assertThat(registered.getIDIssueDate()).isBeforeOrEqualTo(Instant.now());

        assertThat(information(read(registered)).toJSONObject()).isEqualTo(registered.toJSONObject());

        metadata.setName("Renamed");
        metadata.setName("Renomm\u00e9", LangTag.parse("fr"));
        var updated = information(send(update(registered, metadata, registered.getSecret())));
        assertThat(updated.getOIDCMetadata().getName()).isEqualTo("Renamed");
        assertThat(updated.getOIDCMetadata().getName(LangTag.parse("fr"))).isEqualTo("Renomm\u00e9");
        assertThat(updated.getSecret()).isEqualTo(registered.getSecret());

        var deleted =
                send(new ClientDeleteRequest(registered.getRegistrationURI(), registered.getRegistrationAccessToken()));
        deleted.ensureStatusCode(204);
        assertThat(error(read(registered))).isEqualTo(BearerTokenError.INVALID_TOKEN);
    }

    @Test
    void registersWithAnInitialAccessToken() throws Exception {
        var closed = "[dcr.admin]\ntoken = \"only-for-the-operator\"\n";
        try (var guarded = Scene.configured(sandbox -> closed)) {
            assertThat(register(guarded, metadata(), NO_TOKEN).getStatusCode()).isEqualTo(401);
            assertThat(error(register(guarded, metadata(), new BearerAccessToken("guessed"))))
                    .isEqualTo(BearerTokenError.INVALID_TOKEN);
            var issued = new RegistrationClient(guarded.server().http().resolve("/admin/initial-access-tokens"))
                    .create(json("{}"), RegistrationClient.bearer("only-for-the-operator"));
            var token = new BearerAccessToken(issued.json().getString("initial_access_token"));
            registered(register(guarded, metadata(), token));
        }
    }

    @Test
    void registersWithASoftwareStatement() throws Exception {
        var directory = scene.directory();
        var software = directory.software("sdk-" + UUID.randomUUID());
        var statement = SignedJWT.parse(
                directory.statement(software).without("software_redirect_uris").sign());
        var request = new OIDCClientRegistrationRequest(endpoint(scene), metadata(), statement, NO_TOKEN);
        var registered = registered(send(request));
        assertThat(registered.getMetadata().getSoftwareStatement().serialize()).isEqualTo(statement.serialize());
        assertThat(registered.getMetadata().getSoftwareID().getValue()).isEqualTo(software.id());
        assertThat(registered.getMetadata().getName()).isEqualTo("Piggy Bank");

        var strangers = SignedJWT.parse(directory
                .statement(software)
                .with("iss", "https://elsewhere.example")
                .sign());
        var refused = new OIDCClientRegistrationRequest(endpoint(scene), metadata(), strangers, NO_TOKEN);
        assertThat(error(send(refused))).isEqualTo(RegistrationError.INVALID_SOFTWARE_STATEMENT);
    }

    @Test
    void registersByPrivateKey() throws Exception {
        var key = SigningKey.generate(JWSAlgorithm.ES256).jwk();
        var metadata = metadata();
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        metadata.setTokenEndpointAuthJWSAlg(JWSAlgorithm.ES256);
        metadata.setJWKSet(new JWKSet(key).toPublicJWKSet());
        var registered = registered(register(scene, metadata, NO_TOKEN));
        assertThat(registered.getSecret()).isNull();
        assertThat(registered.getMetadata().getJWKSet()).isEqualTo(metadata.getJWKSet());
    }

    @Test
    void understandsWhatIsRefused() throws Exception {
        var metadata = metadata();
        metadata.setRedirectionURI(URI.create("http://client.example/cb"));
        var redirection = error(register(scene, metadata, NO_TOKEN));
        assertThat(redirection).isEqualTo(RegistrationError.INVALID_REDIRECT_URI);
        assertThat(redirection.getHTTPStatusCode()).isEqualTo(400);
        assertThat(redirection.getDescription()).contains("https");

        var contradiction = metadata();
        contradiction.setGrantTypes(Set.of(GrantType.IMPLICIT));
        assertThat(error(register(scene, contradiction, NO_TOKEN)))
                .isEqualTo(RegistrationError.INVALID_CLIENT_METADATA);

        var registered = registered(register(scene, metadata(), NO_TOKEN));
        assertThat(error(send(update(registered, metadata(), new Secret("of-its-own-choice")))))
                .isEqualTo(RegistrationError.INVALID_CLIENT_METADATA);
    }

    /** As mod_auth_openidc 2.4 was seen to write it: all response types at once, and a member that no registry has. */
    @Test
    void registersAnApacheServer() {
        var reply = scene.client().create(json("""
                {'client_name': 'Apache', 'redirect_uris': ['https://client.example/secure/redirect_uri'],
                 'response_types': ['code', 'id_token', 'id_token token', 'code id_token', 'code token',
                                    'code id_token token'],
                 'grant_types': ['authorization_code', 'implicit', 'refresh_token'],
                 'token_endpoint_auth_method': 'client_secret_basic', 'contacts': ['admin@client.example'],
                 'initiate_login_uri': 'https://client.example/secure/redirect_uri',
                 'frontchannel_logout_uri': 'https://client.example/secure/redirect_uri?logout=get',
                 'backchannel_logout_uri': 'https://client.example/secure/redirect_uri?logout=backchannel',
                 'id_token_token_binding_cnf': 'tbh'}
                """));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(reply.json()).containsKey("client_secret").doesNotContainKey("id_token_token_binding_cnf");
    }

    private static OIDCClientMetadata metadata() throws Exception {
        var metadata = new OIDCClientMetadata();
        metadata.setApplicationType(ApplicationType.WEB);
        metadata.setRedirectionURI(URI.create("https://client.example/cb"));
        metadata.setPostLogoutRedirectionURIs(Set.of(URI.create("https://client.example/bye")));
        metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        metadata.setScope(new Scope("openid", "email"));
        metadata.setSubjectType(SubjectType.PAIRWISE);
        metadata.setIDTokenJWSAlg(JWSAlgorithm.ES256);
        metadata.setName("Example");
        metadata.setName("Exemple", LangTag.parse("fr"));
        metadata.setLogoURI(URI.create("https://client.example/logo.png"));
        metadata.setEmailContacts(List.of("admin@client.example"));
        metadata.setDefaultMaxAge(3600);
        metadata.requiresAuthTime(true);
        return metadata;
    }

    private static URI endpoint(Scene at) {
        return at.server().http().resolve("/register");
    }

    private static HTTPResponse register(Scene at, OIDCClientMetadata metadata, BearerAccessToken token)
            throws IOException {
        return send(new OIDCClientRegistrationRequest(endpoint(at), metadata, token));
    }

    private static HTTPResponse read(OIDCClientInformation client) throws IOException {
        return send(new ClientReadRequest(client.getRegistrationURI(), client.getRegistrationAccessToken()));
    }

    private static OIDCClientUpdateRequest update(
            OIDCClientInformation client, OIDCClientMetadata metadata, Secret secret) {
        return new OIDCClientUpdateRequest(
                client.getRegistrationURI(), client.getID(), client.getRegistrationAccessToken(), metadata, secret);
    }

    private static HTTPResponse send(ProtectedResourceRequest request) throws IOException {
        return request.toHTTPRequest().send();
    }

    private static OIDCClientInformation registered(HTTPResponse response) throws ParseException {
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(201);
        return information(response);
    }

    private static OIDCClientInformation information(HTTPResponse response) throws ParseException {
        var parsed = OIDCClientRegistrationResponseParser.parse(response);
        assertThat(parsed.indicatesSuccess()).as(response.getBody()).isTrue();
        return ((OIDCClientInformationResponse) parsed).getOIDCClientInformation();
    }

    private static ErrorObject error(HTTPResponse response) throws ParseException {
        return OIDCClientRegistrationResponseParser.parse(response)
                .toErrorResponse()
                .getErrorObject();
    }
}
