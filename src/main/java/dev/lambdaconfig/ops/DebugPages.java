package dev.lambdaconfig.ops;

import dev.lambdaconfig.ops.HttpConnection.Request;
import dev.lambdaconfig.ops.HttpConnection.Response;
import java.util.Set;
import java.util.function.Supplier;

/** Answers the requests to the debug port. */
final class DebugPages {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Supplier<String> state;

  DebugPages(Supplier<String> state) {
    this.state = state;
  }

  Response answer(Request request) {
    if (!Set.of("GET", "HEAD").contains(request.method())) {
      return new Response(405, TEXT, "only GET and HEAD\n");
    }
    return request.path().equals("/debug/state")
        ? new Response(200, JSON, state.get())
        : new Response(404, TEXT, "/debug/state\n");
  }
}
