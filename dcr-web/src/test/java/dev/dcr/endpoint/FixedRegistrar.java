package dev.dcr.endpoint;

import dev.dcr.json.StrictJson;
import dev.dcr.metadata.ClientMetadata;
import dev.dcr.registration.Call;
import dev.dcr.registration.DryRun;
import dev.dcr.registration.Origin;
import dev.dcr.registration.Preview;
import dev.dcr.registration.Registrar;
import dev.dcr.registration.Registration;
import dev.dcr.request.RegistrationRequest;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A domain that keeps nothing: it remembers what it was asked, and gives the answer it was told to give. Whoever is given a
 * good one about a client was let in to it.
 */
class FixedRegistrar extends Registrar {
    static final JsonObject METADATA = StrictJson.object("{\"client_name\":\"Tea\"}");
    static final Registration REGISTRATION = new Registration(
            "abc",
            Instant.ofEpochSecond(1700000000),
            new ClientMetadata(METADATA),
            Optional.empty(),
            Optional.empty(),
            Optional.of("token"),
            7);

    static final Preview PREVIEW = new Preview(Optional.empty(), new ClientMetadata(METADATA), Optional.empty());

    /** One call of the domain. */
    record Heard(String clientId, Optional<RegistrationRequest> request, Optional<DryRun> dryRun, Call call) {
        Optional<String> bearer() {
            return call.credentials().token();
        }

        Origin origin() {
            return call.origin();
        }
    }

    final List<Heard> calls = new CopyOnWriteArrayList<>();
    volatile RuntimeException failure;
    /** Runs before each answer. */
    volatile Runnable pause = () -> {};

    @Override
    public Registration create(RegistrationRequest request, Call call) {
        return answer("", Optional.of(request), call);
    }

    @Override
    public Preview tryCreate(RegistrationRequest request, Call call, DryRun dryRun) {
        return answer(new Heard("", Optional.of(request), Optional.of(dryRun), call), PREVIEW);
    }

    @Override
    public Registration read(String clientId, Call call) {
        return answer(clientId, Optional.empty(), call);
    }

    @Override
    public Registration replace(String clientId, RegistrationRequest request, Call call) {
        return answer(clientId, Optional.of(request), call);
    }

    @Override
    public Preview tryReplace(String clientId, RegistrationRequest request, Call call, DryRun dryRun) {
        return answer(new Heard(clientId, Optional.of(request), Optional.of(dryRun), call), PREVIEW);
    }

    @Override
    public void delete(String clientId, Call call) {
        answer(clientId, Optional.empty(), call);
    }

    private Registration answer(String clientId, Optional<RegistrationRequest> request, Call call) {
        return answer(new Heard(clientId, request, Optional.empty(), call), REGISTRATION);
    }

    private <T> T answer(Heard heard, T answer) {
        calls.add(heard);
        pause.run();
        if (failure != null) throw failure;
        if (!heard.clientId().isEmpty()) heard.call().toll().chargeClient(heard.clientId());
        return answer;
    }
}
