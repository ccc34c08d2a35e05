package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal strings as one instance. Thousands of statuses contain the same reasons, messages,
 * states and paths. Only for statuses, which contain no secrets.
 */
final class SharedStrings extends StdScalarDeserializer<String> {

  private static final long serialVersionUID = 1L;

  /** The length of the longest string that is worth it. */
  static final int LONGEST = 200;

  private final transient RecentStrings recent;

  SharedStrings(RecentStrings recent) {
    super(String.class);
    this.recent = recent;
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String read = StringDeserializer.instance.deserialize(parser, context);
    return read == null ? null : recent.shared(read);
  }
}
