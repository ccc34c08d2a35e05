package dev.lambdaconfig.kube.lists;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.util.Map;

/** Requests as the client sends them. */
final class ListRequests {

  private static final String COLLECTION =
      "https://10.0.0.1:6443/apis/lambdaconfig.dev/v1alpha1/namespaces/team-a/lambdafunctionconfigs";

  private ListRequests() {}

  /** A request to read the collection, with a query or more of a path. */
  static HttpRequest get(String rest) {
    return request("GET", rest);
  }

  static HttpRequest request(String method, String rest) {
    return new StandardHttpRequest(Map.of(), URI.create(COLLECTION + rest), method, null);
  }
}
