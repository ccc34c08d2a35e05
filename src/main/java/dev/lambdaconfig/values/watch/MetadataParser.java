package dev.lambdaconfig.values.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import dev.lambdaconfig.api.StoredJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a list or a watch as it arrives, and passes on the metadata of each object. A
 * page with the annotations of 500 Secrets can have 128 MB, and is never in memory as a whole.
 */
final class MetadataParser {

  private static final JsonFactory JSON = StoredJson.factory();

  /** The depth of the members of {@code metadata} in an item of a list. */
  private static final int DEEPEST = 4;

  private final JsonParser parser;
  private final ByteBufferFeeder feeder;
  private final Consumer<MetadataItem> items;

  /** The names of the members that lead to the current token; null for an array. */
  private final @Nullable String[] path = new @Nullable String[DEEPEST + 1];

  private int depth;

  private @Nullable String event;
  private @Nullable String namespace;
  private @Nullable String name;
  private @Nullable String uid;
  private @Nullable String version;
  private int code;

  private @Nullable String listVersion;
  private @Nullable String next;

  /**
   * Creates a parser of one answer.
   *
   * @param items called for each item of a list and each event of a watch
   */
  MetadataParser(Consumer<MetadataItem> items) throws IOException {
    this.items = items;
    parser = JSON.createNonBlockingByteBufferParser();
    feeder = (ByteBufferFeeder) parser.getNonBlockingInputFeeder();
  }

  /** Reads the next bytes of the answer. */
  void feed(ByteBuffer bytes) throws IOException {
    feeder.feedInput(bytes);
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.NOT_AVAILABLE) {
      read(token);
      token = parser.nextToken();
    }
  }

  /** The version of the list; null before it was read. */
  @Nullable String listVersion() {
    return listVersion;
  }

  /** The token of the next page, or null if there is none. */
  @Nullable String next() {
    return next == null || next.isEmpty() ? null : next;
  }

  private void read(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        depth++;
        if (depth <= DEEPEST) {
          path[depth] = null;
        }
      }
      case END_OBJECT, END_ARRAY -> {
        end(token);
        depth--;
      }
      case FIELD_NAME -> {
        if (depth <= DEEPEST) {
          path[depth] = parser.currentName();
        }
      }
      case VALUE_STRING -> text();
      case VALUE_NUMBER_INT -> {
        if (depth == 2 && isAt(1, "object") && isAt(2, "code")) {
          code = parser.getIntValue();
        }
      }
      default -> {}
    }
  }

  private void text() throws IOException {
    if (depth == DEEPEST && isAt(1, "items") && isAt(3, "metadata")) {
      metadata(path[DEEPEST]);
    } else if (depth == 3 && isAt(1, "object") && isAt(2, "metadata")) {
      metadata(path[3]);
    } else if (depth == 2 && isAt(1, "metadata") && isAt(2, "resourceVersion")) {
      listVersion = parser.getText();
    } else if (depth == 2 && isAt(1, "metadata") && isAt(2, "continue")) {
      next = parser.getText();
    } else if (depth == 1 && isAt(1, "type")) {
      event = parser.getText();
    }
  }

  private void metadata(@Nullable String member) throws IOException {
    if (member == null) {
      return;
    }
    switch (member) {
      case "namespace" -> namespace = parser.getText();
      case "name" -> name = parser.getText();
      case "uid" -> uid = parser.getText();
      case "resourceVersion" -> version = parser.getText();
      default -> {}
    }
  }

  private void end(JsonToken token) {
    boolean listed = depth == 3 && isAt(1, "items") && token == JsonToken.END_OBJECT;
    if (listed || (depth == 1 && event != null)) {
      items.accept(new MetadataItem(event, namespace, name, uid, version, code));
      event = null;
      namespace = null;
      name = null;
      uid = null;
      version = null;
      code = 0;
    }
  }

  private boolean isAt(int level, String member) {
    return member.equals(path[level]);
  }
}
