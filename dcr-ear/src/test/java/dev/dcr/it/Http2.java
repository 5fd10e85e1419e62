package dev.dcr.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A connection that speaks frames of HTTP/2 (RFC 9113), in whatever order and number a test wants. */
final class Http2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** RFC 9113 §7. */
    static final byte[] CANCEL = {0, 0, 0, 8};

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket wire;
    private final SSLSocket socket;
    private final DataInputStream in;

    /** A frame of the server's. */
    record Frame(int type, int flags, int stream, byte[] payload) {}

    private Http2(Socket wire, SSLSocket socket) throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static Http2 to(int port) throws IOException {
        var wire = new Socket("localhost", port);
        var socket =
                (SSLSocket) TestClient.anonymousTls().getSocketFactory().createSocket(wire, "localhost", port, true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        var connection = new Http2(wire, socket);
        connection.send(PREFACE);
        connection.send(frame(SETTINGS, 0, 0, new byte[0]));
        return connection;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends this until the server ends the connection, at most so many times; tells whether it does. */
    boolean isClosedBy(byte[] bytes, int atMost) {
        try {
            for (var sent = 0; sent < atMost; sent++) send(bytes);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /**
     * Reads until a frame of one of these types.
     *
     * @return empty if the server ends the connection without one
     */
    Optional<Frame> await(Integer... types) throws IOException {
        try {
            var frame = read();
            while (!List.of(types).contains(frame.type())) frame = read();
            return Optional.of(frame);
        } catch (EOFException | SocketException | SSLException closed) {
            return Optional.empty();
        }
    }

    private Frame read() throws IOException {
        var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        var type = in.readUnsignedByte();
        var flags = in.readUnsignedByte();
        return new Frame(type, flags, in.readInt(), in.readNBytes(length));
    }

    /** Says no word of farewell, for which it would have to wait while something is being sent. */
    @Override
    public void close() throws IOException {
        wire.close();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The head of a request, then these headers, each written out (RFC 7541 §6.2.2). */
    static byte[] head(String method, String path, Map<String, String> headers) {
        var block = new ByteArrayOutputStream();
        block.writeBytes(header(":method", method));
        block.writeBytes(header(":scheme", "https"));
        block.writeBytes(header(":path", path));
        block.writeBytes(header(":authority", "localhost"));
        headers.forEach((name, value) -> block.writeBytes(header(name, value)));
        return block.toByteArray();
    }

    static byte[] header(String name, String value) {
        var out = new ByteArrayOutputStream();
        out.write(0);
        text(out, name);
        text(out, value);
        return out.toByteArray();
    }

    /** A header that goes into the table of both sides, where one byte more refers to it (RFC 7541 §6.2.1 and §6.1). */
    static byte[] rememberedHeader(String name, String value) {
        var bytes = header(name, value);
        bytes[0] = 0x40;
        return bytes;
    }

    /** The header that was remembered last (RFC 7541 §2.3.3). */
    static final byte LAST_REMEMBERED = (byte) (0x80 | 62);

    private static void text(ByteArrayOutputStream out, String text) {
        number(out, text.length());
        out.writeBytes(text.getBytes(US_ASCII));
    }

    /** RFC 7541 §5.1, in a byte of which seven bits are free. */
    private static void number(ByteArrayOutputStream out, int number) {
        if (number < 127) {
            out.write(number);
            return;
        }
        out.write(127);
        var rest = number - 127;
        for (; rest >= 128; rest >>= 7) out.write(rest & 127 | 128);
        out.write(rest);
    }
}
