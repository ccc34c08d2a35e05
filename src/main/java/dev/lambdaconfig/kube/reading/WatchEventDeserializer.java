package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.ResourceDeserializer;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of a watch. The client would read each object into a tree first, to learn its
 * kind; API servers send version and kind first, so that the operator's own kind is read directly.
 */
final class WatchEventDeserializer extends JsonDeserializer<WatchEvent> {

  private static final String OWN_VERSION = LambdaFunctionConfig.API_VERSION;
  private static final String OWN_KIND = LambdaFunctionConfig.class.getSimpleName();

  private final ResourceDeserializer own;

  WatchEventDeserializer(ResourceDeserializer own) {
    this.own = own;
  }

  @Override
  public WatchEvent deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      return (WatchEvent) context.handleUnexpectedToken(WatchEvent.class, parser);
    }
    WatchEvent event = new WatchEvent();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "type" -> event.setType(parser.getValueAsString());
        case "object" -> event.setObject(object(parser, context));
        default -> parser.skipChildren();
      }
    }
    return event;
  }

  private @Nullable Object object(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      return context.readValue(parser, KubernetesResource.class);
    }
    try (TokenBuffer read = context.bufferForInputBuffering(parser)) {
      read.writeStartObject();
      String version = null;
      for (int member = 0; parser.nextToken() != JsonToken.END_OBJECT; member++) {
        String name = parser.currentName();
        parser.nextToken();
        if (member == 0 && name.equals("apiVersion")) {
          version = parser.getValueAsString();
        } else if (member == 1 && name.equals("kind") && isOwn(version, parser)) {
          return own.rest(parser, context);
        }
        read.writeFieldName(name);
        read.copyCurrentStructure(parser);
      }
      read.writeEndObject();
      return context.readValue(read.asParserOnFirstToken(), KubernetesResource.class);
    }
  }

  private static boolean isOwn(@Nullable String version, JsonParser kind) throws IOException {
    return OWN_VERSION.equals(version) && OWN_KIND.equals(kind.getValueAsString());
  }
}
