package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource and {@linkplain LambdaFunctionConfig#compress() compresses} it. The API server
 * sends each version that the operator writes twice, as the response and as an event of the watch:
 * spec and status of a version that was read shortly before are taken from there. They come after
 * the metadata in what an API server sends; in any other order they are read.
 */
public final class ResourceDeserializer extends JsonDeserializer<LambdaFunctionConfig> {

  private static final JsonDeserializer<LambdaFunctionConfigSpec> SPEC =
      new LenientSpecDeserializer();
  private static final JsonDeserializer<LambdaFunctionConfigStatus> STATUS =
      new LenientStatusDeserializer();

  private final JsonDeserializer<ObjectMeta> metadata;
  private final RecentVersions recent = new RecentVersions();

  /**
   * Creates a deserializer.
   *
   * @param metadata reads the metadata of a resource
   */
  public ResourceDeserializer(JsonDeserializer<ObjectMeta> metadata) {
    this.metadata = metadata;
  }

  @Override
  public LambdaFunctionConfig deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      return (LambdaFunctionConfig)
          context.handleUnexpectedToken(LambdaFunctionConfig.class, parser);
    }
    return rest(parser, context);
  }

  /**
   * Reads a resource of which some members were read already.
   *
   * @param parser at the start of the resource, or at the end of a member
   * @throws IOException if the input is not JSON
   */
  public LambdaFunctionConfig rest(JsonParser parser, DeserializationContext context)
      throws IOException {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    boolean known = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "metadata" -> {
          ObjectMeta read = value(metadata, parser, context);
          resource.setMetadata(read == null ? new ObjectMeta() : read);
          known = recent.complete(resource);
        }
        case "spec" -> {
          if (known) {
            parser.skipChildren();
          } else {
            resource.setSpec(value(SPEC, parser, context));
          }
        }
        case "status" -> {
          if (known) {
            parser.skipChildren();
          } else {
            resource.setStatus(value(STATUS, parser, context));
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (!known) {
      resource.compress();
      recent.add(resource);
    }
    return resource;
  }

  private static <T> @Nullable T value(
      JsonDeserializer<T> deserializer, JsonParser parser, DeserializationContext context)
      throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? null
        : deserializer.deserialize(parser, context);
  }
}
