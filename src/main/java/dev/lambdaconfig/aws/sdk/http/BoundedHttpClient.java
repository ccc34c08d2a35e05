package dev.lambdaconfig.aws.sdk.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client whose answers end: one that goes on for ever would fill the memory of all
 * resources with what one function answers. The bytes are counted after decompression.
 */
public final class BoundedHttpClient implements SdkHttpClient {

  private static final String ENCODING = "Content-Encoding";

  /** Both names of the encoding, whatever their case: RFC 9110, 8.4.1.3. */
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private final SdkHttpClient client;
  private final int most;

  /**
   * Sends by the given client, which it closes.
   *
   * @param most the most bytes that the body of an answer may have
   */
  public BoundedHttpClient(SdkHttpClient client, int most) {
    this.client = client;
    this.most = most;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return bounded(prepared.call());
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private HttpExecuteResponse bounded(HttpExecuteResponse answer) throws IOException {
    AbortableInputStream body = answer.responseBody().orElse(null);
    if (body == null) {
      return answer;
    }
    boolean compressed =
        answer
            .httpResponse()
            .firstMatchingHeader(ENCODING)
            .filter(encoding -> GZIP.contains(encoding.strip().toLowerCase(Locale.ROOT)))
            .isPresent();
    return HttpExecuteResponse.builder()
        .response(compressed ? decompressed(answer.httpResponse()) : answer.httpResponse())
        .responseBody(
            AbortableInputStream.create(
                new BoundedStream(compressed ? gunzipped(body) : body, body, most), body))
        .build();
  }

  private static InputStream gunzipped(AbortableInputStream body) throws IOException {
    try {
      return new GZIPInputStream(body);
    } catch (IOException e) {
      // Nobody else can, because no answer comes of it.
      body.abort();
      throw e;
    }
  }

  /** The head of an answer whose body is no longer compressed: the SDK would do it again. */
  private static SdkHttpResponse decompressed(SdkHttpResponse head) {
    SdkHttpFullResponse.Builder plain =
        SdkHttpFullResponse.builder()
            .statusCode(head.statusCode())
            .statusText(head.statusText().orElse(null));
    for (Map.Entry<String, List<String>> header : head.headers().entrySet()) {
      if (!header.getKey().equalsIgnoreCase(ENCODING)) {
        plain.putHeader(header.getKey(), header.getValue());
      }
    }
    return plain.build();
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
