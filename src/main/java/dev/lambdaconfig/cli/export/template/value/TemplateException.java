package dev.lambdaconfig.cli.export.template.value;

/** A template that cannot be read, with what is wrong. */
public final class TemplateException extends Exception {

  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }
}
