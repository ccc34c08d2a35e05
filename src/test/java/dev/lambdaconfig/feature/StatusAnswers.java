package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The answers of the API server to an operator's status writes. */
final class StatusAnswers implements Interceptor {

  /** Another writer was faster, or the resource is gone. */
  private static final Set<Integer> LOST_RACES = Set.of(404, 409);

  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /** The names of the resources whose status was written. */
  Set<String> written() {
    return Set.copyOf(written);
  }

  /** The writes that the API server did not take, with its code, but for lost races. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
    String[] path = request.uri().getPath().split("/", -1);
    if (!request.method().equals("PATCH") || !path[path.length - 1].equals("status")) {
      return;
    }
    String name = path[path.length - 2];
    if (response.isSuccessful()) {
      written.add(name);
    } else if (!LOST_RACES.contains(response.code())) {
      refused.add(response.code() + " to " + name);
    }
  }
}
