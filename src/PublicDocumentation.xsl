<?xml version="1.0" encoding="utf-8"?>
<!-- Keeps the members of the namespace Rlm itself, behind whose names no further namespace stands. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" />
  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
    </xsl:copy>
  </xsl:template>
  <xsl:template match="member[not(starts-with(substring(@name, 2), ':Rlm.'))
    or starts-with(substring(@name, 2), concat(':', /doc/assembly/name, '.'))]" />
</xsl:stylesheet>
