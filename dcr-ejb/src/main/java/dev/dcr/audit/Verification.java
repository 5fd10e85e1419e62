package dev.dcr.audit;

import java.util.List;

/**
 * What came of going through the chain.
 *
 * @param seals    how many were looked at
 * @param events   how many events are under them
 * @param unsealed how many events were committed so recently that they are under no seal yet
 * @param head     the newest seal, to be noted down elsewhere
 * @param findings what is wrong, the first of it
 * @param problems how much is wrong in all
 */
public record Verification(long seals, long events, long unsealed, Anchor head, List<Finding> findings, long problems) {
    public Verification {
        findings = List.copyOf(findings);
    }

    public boolean isIntact() {
        return problems == 0;
    }
}
