package dev.pergola.bff.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/** A client of HTTP/2 without manners: any frame, any header, in any order. */
final class H2Socket implements AutoCloseable {

	static final int DATA = 0;

	static final int HEADERS = 1;

	static final int RST_STREAM = 3;

	static final int SETTINGS = 4;

	static final int PING = 6;

	static final int GOAWAY = 7;

	static final int WINDOW_UPDATE = 8;

	static final int CONTINUATION = 9;

	static final int END_STREAM = 1;

	static final int END_HEADERS = 4;

	private final Socket socket;

	private final DataInputStream in;

	private final DataOutputStream out;

	private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

	private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

	private int next = 1;

	/**
	 * Opens a connection.
	 * @param settings identifiers and values in turn
	 */
	H2Socket(int port, int... settings) throws IOException {
		this(new Socket("localhost", port), settings);
	}

	/** Goes on with a connection that has no bytes yet. */
	H2Socket(Socket socket, int... settings) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(15_000);
		this.socket.setTcpNoDelay(true);
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out = new DataOutputStream(this.socket.getOutputStream());
		this.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
		for (int i = 0; i < settings.length; i += 2) {
			payload.putShort((short) settings[i]).putInt(settings[i + 1]);
		}
		send(SETTINGS, 0, 0, payload.array());
	}

	/** A block of headers, names and values in turn, exactly as given. */
	byte[] block(String... headers) throws IOException {
		Http2Headers all = new DefaultHttp2Headers(false, false, 16);
		for (int i = 0; i < headers.length; i += 2) {
			all.add(headers[i], headers[i + 1]);
		}
		return block(all);
	}

	private byte[] block(Http2Headers all) throws IOException {
		ByteBuf block = Unpooled.buffer();
		try {
			this.encoder.encodeHeaders(1, all, block);
		}
		catch (Http2Exception ex) {
			throw new IOException(ex);
		}
		byte[] bytes = new byte[block.readableBytes()];
		block.readBytes(bytes);
		return bytes;
	}

	/** Opens a stream. */
	int open(boolean end, String... headers) throws IOException {
		int stream = this.next;
		this.next += 2;
		send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(headers));
		return stream;
	}

	int nextStream() {
		int stream = this.next;
		this.next += 2;
		return stream;
	}

	void send(int type, int flags, int stream, byte[] payload) throws IOException {
		byte[] frame = new byte[9 + payload.length];
		ByteBuffer.wrap(frame).putInt((payload.length << 8) | type).put((byte) flags).putInt(stream).put(payload);
		this.out.write(frame);
	}

	/** The next frame that is asked for; the end of the connection as one of type -1. */
	Frame await(Predicate<Frame> wanted) throws IOException {
		Frame frame = read();
		while (frame.type() >= 0 && !wanted.test(frame)) {
			frame = read();
		}
		return frame;
	}

	/**
	 * How a stream ends: a status, {@code reset}, or {@code closed} for the connection.
	 */
	String end(int stream) throws IOException {
		String status = "";
		while (true) {
			Frame frame = await((each) -> each.stream() == stream || each.type() == GOAWAY);
			switch (frame.type()) {
				case -1, GOAWAY -> {
					return "closed";
				}
				case RST_STREAM -> {
					return status.isEmpty() ? "reset" : status;
				}
				case HEADERS -> {
					status = status.isEmpty() ? status(frame) : status;
					if ((frame.flags() & END_STREAM) != 0) {
						return status;
					}
				}
				case DATA -> {
					if ((frame.flags() & END_STREAM) != 0) {
						return status;
					}
				}
				default -> {
				}
			}
		}
	}

	private String status(Frame frame) throws IOException {
		try {
			return String
				.valueOf(this.decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload())).status());
		}
		catch (Http2Exception ex) {
			throw new IOException(ex);
		}
	}

	private Frame read() throws IOException {
		try {
			int head = this.in.readInt();
			int flags = this.in.readUnsignedByte();
			int stream = this.in.readInt();
			byte[] payload = this.in.readNBytes(head >>> 8);
			Frame frame = new Frame(head & 0xff, flags, stream, payload);
			if (frame.type() == SETTINGS && flags == 0) {
				send(SETTINGS, 1, 0, new byte[0]);
			}
			return frame;
		}
		catch (EOFException | SocketException ex) {
			return new Frame(-1, 0, 0, new byte[0]);
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A frame.
	 *
	 * @param type -1 for the end of the connection
	 */
	record Frame(int type, int flags, int stream, byte[] payload) {

		/** Error code of a reset or the end. */
		int error() {
			return ByteBuffer.wrap(this.payload).getInt((this.type == GOAWAY) ? 4 : 0);
		}

	}

}
