package dev.lambdaconfig.cli.validate.schema;

import java.util.ArrayList;
import java.util.List;

/** The errors of one resource, of which only so many are kept. */
final class FieldErrors {

  /** Above what anybody corrects at once; a resource of megabytes can have a million. */
  static final int MOST = 1000;

  private final List<FieldError> kept = new ArrayList<>();

  void add(FieldError error) {
    if (kept.size() < MOST) {
      kept.add(error);
    }
  }

  boolean isFull() {
    return kept.size() == MOST;
  }

  List<FieldError> all() {
    return kept;
  }
}
