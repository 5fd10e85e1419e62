package dev.dcr.statement;

import dev.dcr.config.ConfigReader;
import dev.dcr.config.ConfigTable;
import dev.dcr.config.ValueType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which scopes the roles in a software statement open ({@code dcr.software_statement.roles}). Where none are configured,
 * roles open and close nothing.
 */
public record RoleScopes(List<Role> roles) {

    /** One role of an ecosystem, and its scopes in the order in which they are granted. */
    public record Role(String role, List<String> scopes) {

        private static Role from(ConfigTable role) {
            return new Role(
                    role.required("role", "A role in `software_statement_roles` or `software_roles`."),
                    role.list("scopes", ValueType.TEXT, List.of(), "The scopes that it opens."));
        }
    }

    public RoleScopes {
        roles = List.copyOf(roles);
    }

    /** Reads {@code dcr.software_statement.roles}. */
    public static RoleScopes from(ConfigReader config) {
        var seen = new HashSet<String>();
        return new RoleScopes(config.table("dcr.software_statement").tables("roles", entry -> {
            var role = Role.from(entry);
            if (!role.role().isEmpty() && !seen.add(role.role())) entry.refuse("role", "is there twice");
            return role;
        }));
    }

    /** Whether roles mean nothing here. */
    public boolean isEmpty() {
        return roles.isEmpty();
    }

    /** Every scope that a statement's active roles open; empty where it has none of the configured roles. */
    public Set<String> openTo(SoftwareStatement statement) {
        var scopes = new LinkedHashSet<String>();
        roles.stream()
                .filter(role -> statement.activeRoles().contains(role.role()))
                .forEach(role -> scopes.addAll(role.scopes()));
        return scopes;
    }
}
