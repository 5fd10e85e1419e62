package dev.dcr.extension;

import dev.dcr.extension.ExtensionAnswer.Refusal;
import dev.dcr.extension.ExtensionAnswer.Success;
import dev.dcr.fuzz.Property;
import dev.dcr.metadata.Member;

/** Whatever an extension service answers is in its contract or a breach of it. */
public final class AnswerFuzz {
    private AnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (var status : new int[] {200, 400, 500}) {
            try {
                check(AnswerReader.read(new BoundedCalls.Reply(status, input), "4711"));
            } catch (ContractBreach breach) {
                Property.fitToTell(breach.getMessage());
            }
        }
    }

    private static void check(ExtensionAnswer answer) {
        if (answer instanceof Refusal refusal) {
            Property.fitToTell(refusal.description());
            Property.holds(refusal.status() >= 400 && refusal.status() < 500, "a refusal is the caller's fault");
        } else if (answer instanceof Success success) {
            Property.holds(
                    success.changes().keySet().stream().noneMatch(Member::isServerOwned),
                    "nothing that the server owns is taken");
        }
    }
}
