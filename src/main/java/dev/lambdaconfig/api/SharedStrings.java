package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads equal strings as one. Thousands of statuses say the same of different functions: reasons,
 * messages, states, the paths of fields.
 *
 * <p>What was read last is remembered by its hash, in a fixed number of places; what is overwritten
 * there is read anew, at no other cost. For statuses only: nothing secret may be remembered.
 */
final class SharedStrings extends StdScalarDeserializer<String> {

  private static final long serialVersionUID = 1L;

  private static final int BITS = 10;

  /** Of Fibonacci hashing: strings that differ in their last letter must not share a place. */
  private static final int SPREAD = 0x9E3779B9;

  /** Longer ones are rarely repeated. */
  private static final int LONGEST = 200;

  /** Threads may overwrite each other: strings cannot change, so at worst one is not shared. */
  private final transient @Nullable String[] last = new String[1 << BITS];

  SharedStrings() {
    super(String.class);
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String read = StringDeserializer.instance.deserialize(parser, context);
    return read == null || read.length() > LONGEST ? read : shared(read);
  }

  private String shared(String read) {
    int place = (read.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
    String before = last[place];
    if (read.equals(before)) {
      return before;
    }
    last[place] = read;
    return read;
  }
}
