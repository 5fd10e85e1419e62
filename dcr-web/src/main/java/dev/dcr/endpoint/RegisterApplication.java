package dev.dcr.endpoint;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The endpoint starts at the root; {@link BasePath} moves it where the operator wants it. */
@ApplicationPath("/")
public class RegisterApplication extends Application {}
