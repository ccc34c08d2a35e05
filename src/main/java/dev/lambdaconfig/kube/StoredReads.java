package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads single resources as the API server stores them, a few at a time: one can have three
 * megabytes, and a tenant can have many of them read at the same moment.
 */
public final class StoredReads {

  private static final int MOST_AT_A_TIME = 4;

  private static final Semaphore PLACES = new Semaphore(MOST_AT_A_TIME);

  private final KubernetesClient client;

  /** Reads through a client. */
  public StoredReads(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Reads a resource by a list of one name, which the API server reads like a single object: the
   * operator has the permission to list and needs no other one.
   *
   * @param reader makes a small result of the text of the list
   * @return the result, or null where the API server answers nothing
   */
  public <T> @Nullable T read(LambdaFunctionConfig resource, Function<String, @Nullable T> reader) {
    return list(
        "/apis/"
            + LambdaFunctionConfig.API_VERSION
            + "/namespaces/"
            + resource.getMetadata().getNamespace()
            + "/lambdafunctionconfigs?fieldSelector=metadata.name%3D"
            + resource.getMetadata().getName(),
        reader);
  }

  /**
   * Reads a list of one resource.
   *
   * @param path the path and query of the list
   * @param reader makes a small result of its text
   * @return the result, or null where the API server answers nothing
   */
  public <T> @Nullable T list(String path, Function<String, @Nullable T> reader) {
    PLACES.acquireUninterruptibly();
    try {
      String text = client.raw(path);
      return text == null ? null : reader.apply(text);
    } finally {
      PLACES.release();
    }
  }
}
