package dev.lambdaconfig.ops;

import dev.lambdaconfig.ops.HttpConnection.Request;
import dev.lambdaconfig.ops.HttpConnection.Response;
import java.util.function.Supplier;

/** Answers the requests to the debug port. */
final class DebugPages {

  private static final String JSON = "application/json";

  private final Supplier<String> state;

  DebugPages(Supplier<String> state) {
    this.state = state;
  }

  Response answer(Request request) {
    if (!request.isRead()) {
      return Response.READ_ONLY;
    }
    return request.path().equals("/debug/state")
        ? new Response(200, JSON, state.get())
        : Response.text(404, "/debug/state\n");
  }
}
