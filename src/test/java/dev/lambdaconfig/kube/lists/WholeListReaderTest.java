package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageServer;
import dev.lambdaconfig.kube.http.ReadAhead;
import dev.lambdaconfig.kube.http.VirtualThreadClients;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole lists with an item whose reading fails, whatever the failure. */
final class WholeListReaderTest {

  private static final String PATH = ListingClient.path("team-a");

  private final PageServer server = new PageServer();
  private final ListedItems place = new ListedItems(StrippedSerialization.resources());

  @AfterEach
  void close() {
    server.close();
  }

  /** Reads no item that is called bad. */
  private static ObjectReader reader(Throwable failure) {
    JsonDeserializer<LambdaFunctionConfig> failing =
        new JsonDeserializer<>() {
          @Override
          public LambdaFunctionConfig deserialize(JsonParser parser, DeserializationContext context)
              throws IOException {
            String name = parser.readValueAsTree().get("metadata").toString();
            if (name.contains("bad")) {
              WholeListReaderTest.<IOException>fail(failure);
            }
            return new LambdaFunctionConfig();
          }
        };
    return JsonMapper.builder()
        .addModule(new SimpleModule().addDeserializer(LambdaFunctionConfig.class, failing))
        .build()
        .readerFor(LambdaFunctionConfig.class);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void fail(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @CsvSource({
    "java.io.IOException, 0, 0",
    "java.io.IOException, 3000, 0",
    "java.io.IOException, 10, 100000",
    "java.lang.IllegalStateException, 0, 0",
    "java.lang.IllegalStateException, 3000, 0",
    "java.lang.IllegalStateException, 10, 100000",
    "java.lang.StackOverflowError, 0, 0",
    "java.lang.StackOverflowError, 3000, 0",
    "java.lang.StackOverflowError, 10, 100000",
    "java.lang.OutOfMemoryError, 3000, 0"
  })
  void aListWithAnItemThatCannotBeReadIsReadInPages(
      Class<? extends Throwable> failure, int others, int length) throws Exception {
    // Given
    HttpClient.Factory factory =
        new VirtualThreadClients(
            new ReadAhead(task -> {}),
            ListingClient.firstLists(
                reader(failure.getDeclaredConstructor().newInstance()),
                place,
                ListingClient.AMPLE,
                ListingClient.AMPLE));
    try (HttpClient client =
        factory
            .newBuilder()
            .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
            .build()) {
      CompletableFuture<HttpResponse<String>> response =
          client.sendAsync(
              client.newHttpRequestBuilder().uri(server.url() + PATH + "?limit=500").build(),
              String.class);
      String some =
          IntStream.range(0, others)
              .mapToObj(i -> ListingClient.item("good") + ",")
              .collect(Collectors.joining());

      // When
      server
          .next()
          .answer(
              200,
              ListingClient.listOf(
                  "",
                  some
                      + ListingClient.item("bad" + "d".repeat(length))
                      + ","
                      + some
                      + ListingClient.item("good")));
      PageServer.Arrived page = server.next();
      page.answer(200, "the page");

      // Then
      assertThat(ListingClient.arrived(response).body()).isEqualTo("the page");
      assertThat(page.uri()).hasToString(PATH + "?limit=20");
      assertThat(place.size()).isZero();
    }
  }
}
