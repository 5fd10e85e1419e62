package dev.dcr.launcher;

/** Explains the command line. */
record Help() implements Command {
    private static final String USAGE = """
            Usage: java -jar dcr-server.jar [options]
                   java -jar dcr-server.jar initial-access-token [--expires-in S] [--uses N] [--policy JSON] [--server URL] [options]
                   java -jar dcr-server.jar audit verify [--anchor NUMBER:DIGEST] [--after-seal N] [--server URL] [options]
                   java -jar dcr-server.jar audit export [--after N] [--from T] [--to T] [--client-id ID] [--server URL] [options]
                   java -jar dcr-server.jar secrets re-encrypt [--server URL] [options]
                   java -jar dcr-server.jar prepare

            Starts the registration server, or has a running one do something for its operator: make an initial access
            token, verify or export the audit trail, encrypt all client secrets under the first key. A running server is
            shown dcr.admin.token for it. "prepare" starts one for a trial and leaves, beside the jar, its modules and what this
            Java made of its classes, for later starts to be shorter. The exit code is 0 if all is well, 1 if it is not (the
            trail was tampered with, a secret could not be encrypted, the server does not answer), 2 if the command line
            makes no sense.

              -c, --config FILE   the configuration (deployment.toml in the working directory)
              -Dname=value        sets a system property; any key of the configuration may be set so
              -b ADDRESS          listens at this address (DCR_BIND_ADDRESS, 127.0.0.1)
              --cli-script=FILE   applies a script of management operations before the server starts
              --properties=URL    reads system properties from there
              -h, --help          prints this
              -v, --version       prints the version

              --server URL        the server to ask (http://localhost and DCR_HTTP_PORT, 8080)

              --expires-in S      seconds the token may be used (3600)
              --uses N            how many clients may be registered with it (1)
              --policy JSON       by member name the values that they may have: {"grant_types": ["client_credentials"]}

              --anchor N:DIGEST   a seal that the log or an earlier verification named; it must be in the chain still
              --after-seal N      verifies what comes after this seal, and takes the seal as it stands

              --after N           exports events with greater numbers
              --from T, --to T    exports events from this time on, before that one (2026-01-31T12:00:00Z)
              --client-id ID      exports events of this client

            Environment: DCR_HTTP_PORT (8080), DCR_HTTPS_PORT (8443), DCR_MANAGEMENT_PORT (9990), DCR_BIND_ADDRESS,
            and every key of the configuration: DCR_DATABASE_URL is dcr.database.url.

            SIGTERM stops it: not ready from then on, it serves for DCR_STOP_DRAIN seconds (5), so that balancers notice,
            then refuses what is new and gives what is under way DCR_STOP_TIMEOUT seconds (20). Ctrl-C does not drain.
            """;

    @Override
    public int run() {
        System.out.print(USAGE);
        return DONE;
    }
}
