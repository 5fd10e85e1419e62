package dev.dcr.config;

/**
 * Where registrations are kept ({@code dcr.database}).
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 */
public record DatabaseConfig(String url, String username, String password) {}
