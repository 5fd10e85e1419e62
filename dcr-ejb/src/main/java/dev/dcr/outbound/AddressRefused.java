package dev.dcr.outbound;

import java.net.UnknownHostException;

/** An outsider named an address that this server does not call. */
public class AddressRefused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    AddressRefused(String message) {
        super(message);
    }
}
