package dev.dcr.endpoint;

import dev.dcr.audit.Anchor;
import dev.dcr.audit.AuditExport;
import dev.dcr.audit.AuditVerification;
import dev.dcr.audit.Finding;
import dev.dcr.audit.Verification;
import dev.dcr.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A trail of two events whose second one was removed, and what was asked of it. */
final class FixedAudit {
    static final Anchor HEAD = new Anchor(7, "h".repeat(43));

    record Asked(Optional<Anchor> anchor, long after) {}

    final List<Asked> verifications = new CopyOnWriteArrayList<>();
    final List<AuditExport.Selection> exports = new CopyOnWriteArrayList<>();

    final AuditVerification verification = new AuditVerification() {
        @Override
        public Verification verify(Optional<Anchor> anchor, long after) {
            if (after > HEAD.seal()) throw new IllegalArgumentException("there is no seal " + after);
            verifications.add(new Asked(anchor, after));
            var removed = new Finding(Optional.of(7L), Optional.of(2L), "the event was removed");
            return new Verification(7, 1, 0, HEAD, List.of(removed), 1);
        }
    };

    final AuditExport export = new AuditExport() {
        @Override
        public void export(Selection selection, Consumer<JsonObject> sink) {
            exports.add(selection);
            sink.accept(StrictJson.object("{\"id\":1,\"action\":\"create\"}"));
            sink.accept(StrictJson.object("{\"id\":2,\"action\":\"delete\"}"));
        }
    };
}
