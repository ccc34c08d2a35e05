package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.text.WholeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The documents of a JSON text, one after the other. Like the API server, it replaces escapes of
 * half a character.
 */
final class JsonDocuments {

  private final Allowance allowance;
  private final Consumer<Document> documents;

  JsonDocuments(Allowance allowance, Consumer<Document> documents) {
    this.allowance = allowance;
    this.documents = documents;
  }

  void read(String text) throws TextFaultException {
    try (JsonParser parser = StoredJson.factory().createParser(text)) {
      TreeBuilder builder = new TreeBuilder(allowance);
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        add(parser, token, builder);
        depth += token.isStructStart() ? 1 : 0;
        depth -= token.isStructEnd() ? 1 : 0;
        if (depth == 0) {
          documents.accept(builder.document());
          builder = new TreeBuilder(allowance);
        }
      }
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the text, which can be a secret.
      throw new TextFaultException(
          position(e.getLocation()),
          "this is no JSON: check quotes, commas and brackets here and above");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory is read", e);
    }
  }

  private static void add(JsonParser parser, JsonToken token, TreeBuilder builder)
      throws IOException, TextFaultException {
    Position at = position(parser.currentTokenLocation());
    switch (token) {
      case START_OBJECT -> builder.startMap(at, null);
      case START_ARRAY -> builder.startList(at, null);
      case END_OBJECT, END_ARRAY -> builder.end();
      case FIELD_NAME -> builder.key(WholeText.of(parser.currentName()), at);
      default -> builder.scalar(value(parser, token, at), at, null);
    }
  }

  private static JsonNode value(JsonParser parser, JsonToken token, Position at)
      throws IOException, TextFaultException {
    return switch (token) {
      case VALUE_NULL -> NullNode.instance;
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
      case VALUE_STRING -> TextNode.valueOf(WholeText.of(parser.getText()));
      default -> {
        JsonNode number = Scalars.number(parser.getText());
        if (number == null) {
          throw new TextFaultException(at, "this number is out of range: write a smaller one");
        }
        yield number;
      }
    };
  }

  private static Position position(JsonLocation location) {
    return location == null
        ? Position.START
        : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
