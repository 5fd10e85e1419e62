package dev.dcr.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body that somebody else sends: no more than so many bytes, and no longer than until a deadline. */
public final class BoundedBody {
    private BoundedBody() {}

    /**
     * @param largest  most bytes accepted
     * @param deadline {@link System#nanoTime()} at which to give up, checked whenever bytes arrive
     * @throws IOException if the body is larger or slower
     */
    public static byte[] read(InputStream in, int largest, long deadline) throws IOException {
        var body = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            body.write(buffer, 0, n);
            if (body.size() > largest) throw new IOException("body is larger than " + largest + " bytes");
            if (System.nanoTime() - deadline > 0) throw new IOException("body came too slowly");
        }
        return body.toByteArray();
    }
}
