package dev.dcr.endpoint;

import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.registration.Origin;
import dev.dcr.registration.Registrar;
import dev.dcr.registration.Registration;
import dev.dcr.request.RegistrationRequest;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A domain that keeps nothing: it remembers what it was asked, and gives the answer it was told to give. */
class FixedRegistrar extends Registrar {
    static final JsonObject METADATA = StrictJson.object("{\"client_name\":\"Tea\"}");
    static final Registration REGISTRATION = new Registration(
            "abc",
            Instant.ofEpochSecond(1700000000),
            new ClientMetadata(METADATA),
            Optional.empty(),
            Optional.empty(),
            Optional.of("token"),
            0);

    record Call(String clientId, Optional<RegistrationRequest> request, Optional<String> bearer, Origin origin) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile RuntimeException failure;

    @Override
    public Registration create(RegistrationRequest request, Optional<String> bearer, Origin origin) {
        return answer(new Call("", Optional.of(request), bearer, origin));
    }

    @Override
    public Registration read(String clientId, Optional<String> bearer) {
        return answer(new Call(clientId, Optional.empty(), bearer, new Origin("", "")));
    }

    @Override
    public Registration replace(String clientId, RegistrationRequest request, Optional<String> bearer, Origin origin) {
        return answer(new Call(clientId, Optional.of(request), bearer, origin));
    }

    @Override
    public void delete(String clientId, Optional<String> bearer, Origin origin) {
        answer(new Call(clientId, Optional.empty(), bearer, origin));
    }

    private Registration answer(Call call) {
        calls.add(call);
        if (failure != null) throw failure;
        return REGISTRATION;
    }
}
