package dev.dcr.outbound;

import java.io.IOException;

/** So many calls are under way that this one was not made. Nothing is known of whoever would have been called. */
public class TooManyCalls extends IOException {
    private static final long serialVersionUID = 1L;

    TooManyCalls() {
        super("too many calls are under way");
    }
}
