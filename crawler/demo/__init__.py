"""The bundled portal: invented agencies of invented places, served on loopback and crawled with the real spider."""
