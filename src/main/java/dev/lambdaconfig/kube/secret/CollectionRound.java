package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.text.Counted;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;

/** One check of all baselines: its failures, and the baselines that were left alone. */
final class CollectionRound {

  private static final int MOST_NAMES = 10;

  private final Logger log;
  private final Set<String> leftAlone = new TreeSet<>();
  private int failures;
  private String first = "";

  /** The namespace in which a resource is looked for, or empty. */
  private String namespace = "";

  CollectionRound(Logger log) {
    this.log = log;
  }

  /** Attributes failures to the search for a resource of a namespace, from now on. */
  void lookIn(String resources) {
    namespace = resources;
  }

  /** Attributes failures to the operator's own namespace, from now on. */
  void operatorsOwn() {
    namespace = "";
  }

  /** Notes that a baseline of a namespace which is not watched was left alone. */
  void leaveAlone(String resources) {
    leftAlone.add(resources);
  }

  /** Counts a failure. */
  void failed(RuntimeException failure) {
    failures++;
    if (first.isEmpty()) {
      first = reason(failure);
    }
  }

  int failures() {
    return failures;
  }

  /** The class of an unexpected one: its message may repeat what a Secret contains. */
  private String reason(RuntimeException failure) {
    if (!(failure instanceof KubernetesClientException refused)) {
      return failure.getClass().getName() + place();
    }
    if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
      return ApiServerFailures.describe(refused) + place();
    }
    // With a namespace goes the right by which the operator could see that it is gone.
    return namespace.isEmpty()
        ? "the operator lacks the right to it (403)"
        : "the right to list LambdaFunctionConfigs in namespace "
            + namespace
            + " is missing (403), or the namespace is gone";
  }

  private String place() {
    return namespace.isEmpty() ? "" : ", for a resource in namespace " + namespace;
  }

  /** Logs one line of all failures. */
  void reportFailures() {
    if (failures > 0) {
      log.atWarn()
          .addKeyValue("failures", failures)
          .addKeyValue("first", first)
          .log(
              "baselines could not be checked or deleted, so that former environment values of"
                  + " resources that are gone may stay; the next check follows within an hour");
    }
  }

  /**
   * Logs the namespaces of the baselines that were left alone, unless they are the same as before:
   * one may have been removed from the options, and nobody deletes its baselines.
   *
   * @return the namespaces
   */
  Set<String> reportLeftAlone(Set<String> before) {
    if (!leftAlone.isEmpty() && !leftAlone.equals(before)) {
      log.atInfo()
          .addKeyValue("namespaces", Counted.first(List.copyOf(leftAlone), MOST_NAMES))
          .log(
              "baselines of namespaces that this operator does not watch are left to the operators"
                  + " that do; if none does, delete them by hand");
    }
    return leftAlone;
  }
}
