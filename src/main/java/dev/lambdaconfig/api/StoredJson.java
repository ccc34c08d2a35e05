package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.io.IOException;

/**
 * The JSON that an API server stores, which is untrusted. A parser that refuses a name, a string or
 * a number for its length fails the list of all resources, and with it the operator. Therefore the
 * parser refuses nothing, and each reader bounds what it keeps.
 */
public final class StoredJson {

  /**
   * The buffers of all parsers and generators. By default each thread keeps its own 30 KB, and each
   * virtual thread makes them anew: the buffers of those that wait for an answer would take more
   * than the resources. A buffer grows with the texts that it holds, to 64 KB at most.
   */
  private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newBoundedPool(8);

  private StoredJson() {}

  /** Creates a factory whose parsers read everything that an API server can store. */
  public static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .recyclerPool(BUFFERS)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxDocumentLength(-1)
                .maxTokenCount(-1)
                .build())
        // The table of names outlives its documents: names of a megabyte would pile up in it, and
        // names with equal hashes fail the parser.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  /** Moves to the value of a member of an object, or to its end. Returns whether there is one. */
  public static boolean toMember(JsonParser json, String name) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(name);
      json.nextToken();
      if (found) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }
}
