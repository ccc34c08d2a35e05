package dev.lambdaconfig.kube.schema;

import java.io.IOException;

/** The API server does not let the operator read the OpenAPI document, or has none. */
final class SchemaRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  SchemaRefusedException(String message) {
    super(message);
  }
}
