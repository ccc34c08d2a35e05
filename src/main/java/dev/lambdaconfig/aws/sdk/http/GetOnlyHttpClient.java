package dev.lambdaconfig.aws.sdk.http;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * An HTTP client that sends requests by GET only. Each read of the Lambda API is one, and none of
 * its writes is.
 */
public final class GetOnlyHttpClient implements SdkHttpClient {

  private final SdkHttpClient client;

  /** Sends by the given client, which it closes. */
  public GetOnlyHttpClient(SdkHttpClient client) {
    this.client = client;
  }

  /**
   * Prepares a request.
   *
   * @throws IllegalStateException if it is no GET
   */
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpMethod method = request.httpRequest().method();
    if (method != SdkHttpMethod.GET) {
      throw new IllegalStateException("this command only reads, and sends no " + method);
    }
    return client.prepareRequest(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
