package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * The JSON that an API server stores, which is untrusted. A parser that refuses a name, a string or
 * a number for its length fails the list of all resources, and with it the operator. Therefore the
 * parser refuses nothing, and each reader bounds what it keeps.
 */
public final class StoredJson {

  private StoredJson() {}

  /** Creates a factory whose parsers read everything that an API server can store. */
  public static JsonFactory factory() {
    return new JsonFactoryBuilder()
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
}
