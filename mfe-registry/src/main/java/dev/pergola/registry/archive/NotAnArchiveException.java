package dev.pergola.registry.archive;

/**
 * An upload cannot be read as what its content type says.
 */
public class NotAnArchiveException extends RuntimeException {

	public NotAnArchiveException(ArchiveFormat format, Throwable cause) {
		super("upload cannot be read as %s".formatted((format == ArchiveFormat.ZIP) ? "zip" : "tar in gzip"), cause);
	}

}
