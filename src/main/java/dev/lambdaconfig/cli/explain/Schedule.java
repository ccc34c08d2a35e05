package dev.lambdaconfig.cli.explain;

import java.util.Map;

/** The operator's next act, from the words by which the table of reasons says when. */
final class Schedule {

  private static final String ON_REQUEST = ", at once if the spec changes, or on request.";

  /** The words that the table explains in another place, with the delays of the requeue policy. */
  private static final Map<String, String> NEXT =
      Map.of(
          "read as a function at rest",
              "The operator reads the function again when a sweep shows a change, and after an hour"
                  + " at the latest; if it may not list functions, once in each sweep interval.",
          "searched as a function at rest",
              "The operator looks for the function once in each sweep interval.",
          "goes on at once", "The operator goes on at once.",
          "running update", "The operator polls the update, after 1 s growing to 15 s.",
          "stuck update", "The operator polls the update each minute.",
          "by itself",
              "The operator tries again by itself, after 2 s growing to 5 min"
                  + ON_REQUEST.replaceFirst("^, at once", ", or at once"),
          "denied", "The operator tries again after 5 min" + ON_REQUEST,
          "refused", "The operator tries again after 30 min" + ON_REQUEST,
          "when spec or function change",
              "The operator tries again when the spec or the function changes, or on request.");

  private Schedule() {}

  static String of(Reason reason) {
    return NEXT.getOrDefault(
        reason.triedAgain(), "The operator tries again " + reason.triedAgain() + ".");
  }
}
