package dev.lambdaconfig.values.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of lists and watches of metadata. */
final class MetadataParserTest {

  private static final String LIST =
      """
      {"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1",
       "metadata":{"resourceVersion":"77","continue":"next-page","remainingItemCount":3},
       "items":[
        {"metadata":{"name":"db","namespace":"team-a","uid":"u1","resourceVersion":"5",
          "labels":{"name":"no","uid":"no"},
          "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":1}"},
          "managedFields":[{"manager":"m","fieldsV1":{"f:metadata":{"name":"no"}}}],
          "ownerReferences":[{"name":"no","uid":"no"}]}},
        {"metadata":{"name":"mail","namespace":"team-b","uid":"u2","resourceVersion":"6"},
         "data":{"metadata":"no"}}]}
      """;

  private static final String WATCH =
      """
      {"type":"ADDED","object":{"metadata":{"name":"db","namespace":"team-a","uid":"u1","resourceVersion":"5"}}}
      {"type":"DELETED","object":{"metadata":{"uid":"u1","namespace":"team-a","name":"db","resourceVersion":"9"}}}
      {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12","annotations":{"name":"no"}}}}
      {"type":"ERROR","object":{"kind":"Status","metadata":{},"code":410,"details":{"code":1}}}
      """;

  private final List<MetadataItem> items = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void aListIsReadInPiecesOfAnySize(int size) throws IOException {
    MetadataParser parser = parse(LIST, size);

    assertThat(items)
        .containsExactly(
            new MetadataItem(null, "team-a", "db", "u1", "5", 0),
            new MetadataItem(null, "team-b", "mail", "u2", "6", 0));
    assertThat(parser.listVersion()).isEqualTo("77");
    assertThat(parser.next()).isEqualTo("next-page");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void theEventsOfAWatchAreReadOneByOne(int size) throws IOException {
    parse(WATCH, size);

    assertThat(items)
        .containsExactly(
            new MetadataItem("ADDED", "team-a", "db", "u1", "5", 0),
            new MetadataItem("DELETED", "team-a", "db", "u1", "9", 0),
            new MetadataItem("BOOKMARK", null, null, null, "12", 0),
            new MetadataItem("ERROR", null, null, null, null, 410));
  }

  @Test
  void theLastPageHasNoNext() throws IOException {
    MetadataParser parser =
        parse("{\"metadata\":{\"continue\":\"\",\"resourceVersion\":\"1\"}}", 9);

    assertThat(parser.next()).isNull();
    assertThat(items).isEmpty();
  }

  private MetadataParser parse(String json, int size) throws IOException {
    MetadataParser parser = new MetadataParser(items::add);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      parser.feed(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
    }
    return parser;
  }
}
