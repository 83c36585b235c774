<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CompareView</name>
    <message>
        <source>Before</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Single map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Swipe</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Linked maps</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Blink</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Blink: the space bar turns the dates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Archive</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>EditOutlineTool</name>
    <message>
        <source>Click the vertex to remove first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>An outline needs three vertices</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drag vertices, click the middle of an edge to add one, Delete removes; Enter accepts, Esc cancels</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The outline crosses itself; move a vertex or press Ctrl+Z</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>IdentifySheet</name>
    <message numerus="yes">
        <source>%n more below: click again</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>MapReadout</name>
    <message>
        <source>N {north}  E {east}</source>
        <translation>X（北）{north}  Y（东）{east}</translation>
    </message>
</context>
<context>
    <name>MeasureTool</name>
    <message>
        <source>Ellipsoidal length {ellipsoidal}
Plane length {plane}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ellipsoidal area {ellipsoidal}
Plane area {plane}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{m2} m² ({mu} mu)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click the first point</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click the next point; double-click to end, Backspace takes the last one back, Esc clears</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ScaleBox</name>
    <message>
        <source>Scale of the map; type one or choose</source>
        <translation>地图比例尺，可直接输入或选择</translation>
    </message>
    <message>
        <source>Map scale</source>
        <translation>地图比例尺</translation>
    </message>
</context>
<context>
    <name>SelectTool</name>
    <message>
        <source>Click to select; click again for what lies below</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>identify</name>
    <message>
        <source>Type</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Height change</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zones</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Household</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Holder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Storeys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Floor area</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Footprint</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Structure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Built</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Issued</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Expires</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Storeys at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Height at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Footprint at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opened</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Party</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Officers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ordered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Flown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pixel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Town</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>layers</name>
    <message>
        <source>orthophoto</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>surface model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cases</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Buildings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permits</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parcels</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Control zones</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>styles</name>
    <message>
        <source>No permit needed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lead and verification</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Investigation and review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Decision and service</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Enforced demolition</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Acceptance and reuse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Closed cases</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Set aside</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No case</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Building</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>1 storey</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>2 storeys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>3 storeys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>4 storeys or more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Storeys not known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parcel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kind not known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By type of change</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By stage of the case</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By stage</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By storeys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>By kind</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>subjects</name>
    <message>
        <source>Finding {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Case {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Building {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permit {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parcel {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zone {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Household {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Survey {number}</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>
