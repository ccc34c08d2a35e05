package dev.lambdaconfig.cli.export.unmanaged;

import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions of another source that no resource owns. */
public record UnmanagedFilter(FunctionSource source, ManagedFunctions managed)
    implements FunctionSource {

  @Override
  public boolean isOfSeveralRegions() {
    return source.isOfSeveralRegions();
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    source.read(new Filtered(receiver, managed));
  }

  private record Filtered(FunctionReceiver receiver, ManagedFunctions managed)
      implements FunctionReceiver {

    @Override
    public boolean needs(String name, String region) {
      return receiver.needs(name, region);
    }

    @Override
    public void received(DeclaredFunction declared, @Nullable ObservedFunction function)
        throws ExportException {
      String region = Objects.requireNonNullElse(declared.region(), "");
      if (function == null || !managed.owns(function, region)) {
        receiver.received(declared, function);
      }
    }

    @Override
    public void skipped(String message) {
      receiver.skipped(message);
    }

    @Override
    public void leftOut(String message) {
      receiver.leftOut(message);
    }

    @Override
    public void failed(String message) {
      receiver.failed(message);
    }

    @Override
    public void progress(String message) {
      receiver.progress(message);
    }
  }
}
