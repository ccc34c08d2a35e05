package dev.lambdaconfig.kube.lists;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body of JSON that is passed on in ASCII, other characters as escapes. Where no WebSocket can be
 * had, the client decodes each part of a watch by itself: it replaces a character that two parts
 * share, so that a resource would have another spec, and reads NULs behind any other one.
 */
final class AsciiBody implements AsyncBody.Consumer<List<ByteBuffer>> {

  private static final int ASCII = 0x80;

  private final AsyncBody.Consumer<List<ByteBuffer>> next;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** The first bytes of a character whose others have not arrived. */
  private ByteBuffer begun = ByteBuffer.allocate(0);

  /** Creates a body that is passed on to a consumer. */
  AsciiBody(AsyncBody.Consumer<List<ByteBuffer>> next) {
    this.next = next;
  }

  @Override
  public void consume(List<ByteBuffer> parts, AsyncBody body) throws Exception {
    List<ByteBuffer> escaped = new ArrayList<>(parts.size());
    for (ByteBuffer part : parts) {
      escaped.add(escaped(part));
    }
    next.consume(escaped, body);
  }

  private ByteBuffer escaped(ByteBuffer part) {
    ByteBuffer bytes = ByteBuffer.allocate(begun.remaining() + part.remaining());
    bytes.put(begun).put(part).flip();
    CharBuffer characters = CharBuffer.allocate(bytes.remaining());
    var unused = decoder.decode(bytes, characters, false);
    begun = bytes;
    characters.flip();
    StringBuilder ascii = new StringBuilder(characters.remaining());
    while (characters.hasRemaining()) {
      char character = characters.get();
      if (character < ASCII) {
        ascii.append(character);
      } else {
        ascii.append("\\u%04x".formatted((int) character));
      }
    }
    return ByteBuffer.wrap(ascii.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
