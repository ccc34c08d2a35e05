package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of Kubernetes that an API server has.
 *
 * @param major the first number
 * @param minor the second number
 */
public record ServerVersion(int major, int minor) {

  private static final Logger LOG = LoggerFactory.getLogger(ServerVersion.class);

  /** The version of an API server that does not say which it has: the features of none. */
  static final ServerVersion UNKNOWN = new ServerVersion(0, 0);

  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Distributions add to the number, as in "34+". */
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,4}).*");

  /** Asks an API server for its version; unknown, if it does not answer within 5 s. */
  public static CompletableFuture<ServerVersion> ask(KubernetesClient client) {
    return ask(client, LONGEST);
  }

  static CompletableFuture<ServerVersion> ask(KubernetesClient client, Duration longest) {
    return CompletableFuture.supplyAsync(
            () -> client.raw("/version"), WaitingThreads.builder().name("server-version")::start)
        .thenApply(json -> json == null ? UNKNOWN : of(json))
        .exceptionally(
            failure -> {
              LOG.debug("the version of the API server is not known", failure);
              return UNKNOWN;
            })
        .completeOnTimeout(UNKNOWN, longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  static ServerVersion of(String json) {
    try {
      JsonNode version = JsonMapper.builder(StoredJson.factory()).build().readTree(json);
      return new ServerVersion(number(version.path("major")), number(version.path("minor")));
    } catch (IOException e) {
      LOG.debug("the version of the API server is not JSON", e);
      return UNKNOWN;
    }
  }

  private static int number(JsonNode text) {
    Matcher number = NUMBER.matcher(text.asText());
    return number.matches() ? Integer.parseInt(number.group(1)) : 0;
  }

  /**
   * Whether lists, as recent as those from etcd, come from the cache of the API server, which
   * writes one item after the other: the features {@code ConsistentListFromCache} and {@code
   * StreamingCollectionEncodingToJSON}, which are always on since Kubernetes 1.34. Without that
   * cache ({@code --watch-cache=false}), or with a storage that cannot tell its progress, the API
   * server reads them from there, as it does the pages after a first one once nothing has been
   * written for some minutes.
   */
  public boolean sendsListsFromMemory() {
    return major > 1 || (major == 1 && minor >= 34);
  }
}
